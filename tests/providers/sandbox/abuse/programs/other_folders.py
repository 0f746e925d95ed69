# Writes wherever it can.
# ends: ok
for folder in ("/", "/usr", "/usr/lib", "/etc", "/dev", "/proc", "/var/tmp", "/home", "/root", "/run", "@FOLDER@"):
    try:
        open(f"{folder}/viva-abuse", "w").close()
    except OSError:
        continue
    print("BREACH", folder)
