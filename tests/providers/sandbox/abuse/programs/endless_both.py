# Writes without end to both.
# ends: output_limit
import os

while True:
    os.write(1, b"x" * 1000)
    os.write(2, b"y" * 1000)
