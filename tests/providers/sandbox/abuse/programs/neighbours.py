# Looks for other runs: their files, their processes, their words.
# ends: ok
import os

found = [name for name in os.listdir("/proc") if name.isdecimal() and int(name) not in (1, os.getpid())]
if found:
    print("BREACH", found)
for folder, _, names in os.walk("/tmp"):
    for name in names:
        print(open(f"{folder}/{name}", "rb").read() if name != "main.py" else "")
for number in range(2, 3000):
    for name in ("cmdline", "environ", "cwd/neighbour.txt", "root/tmp/work/neighbour.txt", "fd/0", "maps"):
        if number != os.getpid() and os.path.exists(f"/proc/{number}/{name}"):
            print("BREACH", number, name)
