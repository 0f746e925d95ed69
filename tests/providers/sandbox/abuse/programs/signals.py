# Sends every signal to its parent, to everybody, to the server, and to groups.
# ends: ok runtime_error; cases 2
import os
import signal

for number in range(1, 65):
    for process in (1, os.getppid(), int("@PID@"), -int("@PID@")):
        try:
            os.kill(process, number)
        except OSError:
            pass
print("alive", flush=True)
os.kill(-1, signal.SIGKILL)
