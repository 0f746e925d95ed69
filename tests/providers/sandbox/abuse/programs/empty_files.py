# A million empty files.
# ends: output_limit
for number in range(1_000_000):
    open(f"/tmp/viva-abuse-{number}", "w").close()
