# Reads the folder of data, by its path and by ways round.
# ends: ok
import os

for name in ("@SECRET@", "/proc/1/root@SECRET@", "/proc/1/cwd@SECRET@", "/mnt/0@SECRET@", "/mnt@SECRET@", "/proc/self/cwd/../../..@SECRET@"):
    try:
        print("BREACH", open(name).read())
    except OSError as error:
        print(error.strerror)
for folder in ("@FOLDER@", "/mnt", "/oldroot", "/newroot", "/.."):
    try:
        print(os.listdir(folder))
    except OSError as error:
        print(error.strerror)
