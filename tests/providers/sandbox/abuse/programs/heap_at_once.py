# Takes more memory than there are addresses.
# ends: memory_limit
bytearray(10**15)
