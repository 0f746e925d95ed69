# Fills pipes, which are the kernel's memory.
# ends: ok memory_limit runtime_error time_limit; waits
import fcntl
import os

for _ in range(3):
    os.fork()
held = 0
try:
    while True:
        reading, writing = os.pipe()
        try:
            fcntl.fcntl(writing, 1031, 1 << 20)
        except OSError:
            pass
        os.set_blocking(writing, False)
        try:
            while True:
                held += os.write(writing, bytes(65536))
        except BlockingIOError:
            pass
except OSError:
    pass
if held > 256 << 20:
    print("BREACH", held)
