# Reads the runner: its memory, its descriptors, its environment, what it was told.
# ends: ok
import os

for name in ("mem", "maps", "environ", "fd", "fd/0", "cwd", "root", "exe", "task/1/mem", "map_files", "syscall", "stack", "auxv", "io", "ns/pid"):
    path = f"/proc/1/{name}"
    try:
        found = os.listdir(path) if os.path.isdir(path) else os.readlink(path) if os.path.islink(path) else open(path, "rb").read(64)
    except OSError:
        continue
    if found:
        print("BREACH", name, found)
