# A million lines.
# ends: output_limit
for number in range(1_000_000):
    print(number)
