# A file of a terabyte that takes no room.
# ends: output_limit runtime_error
with open("/tmp/viva-abuse-sparse", "wb") as file:
    file.truncate(1 << 40)
print("BREACH")
