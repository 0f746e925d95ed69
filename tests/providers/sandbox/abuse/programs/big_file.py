# Writes one file until the disk is full.
# ends: runtime_error output_limit
with open("/tmp/viva-abuse-big", "wb") as file:
    while True:
        file.write(bytes(1_000_000))
