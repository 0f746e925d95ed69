# Writes without end to the other stream.
# ends: output_limit
import sys

while True:
    sys.stderr.write("x" * 10_000)
