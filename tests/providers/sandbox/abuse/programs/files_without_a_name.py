# Fills the disk with files that are deleted and still open.
# ends: runtime_error output_limit
held = []
import os

while True:
    file = open("/tmp/viva-abuse-deleted", "wb", buffering=0)
    os.unlink(file.name)
    file.write(bytes(500_000))
    held.append(file)
