# Writes without end.
# ends: output_limit
while True:
    print("x" * 10_000)
