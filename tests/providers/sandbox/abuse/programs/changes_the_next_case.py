# Changes its own source and input for the case after it.
# ends: ok; cases 2
import os

with open("main.py", "a") as file:
    file.write("print('BREACH')\n")
try:
    os.write(os.open("/proc/self/fd/0", os.O_WRONLY), b"BREACH")
except OSError:
    pass
