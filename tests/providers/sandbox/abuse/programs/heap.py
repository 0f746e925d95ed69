# Takes memory for ever.
# ends: memory_limit
held = []
while True:
    held.append(bytearray(1_000_000))
