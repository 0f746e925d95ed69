# Looks for the server's environment, in its own and in everybody's.
# ends: ok
import glob
import os

print(dict(os.environ))
for name in ["/proc/self/environ", "/proc/1/environ", *glob.glob("/proc/[0-9]*/environ"), *glob.glob("/proc/*/task/*/environ")]:
    try:
        print(name, open(name, "rb").read())
    except OSError as error:
        print(error.strerror)
