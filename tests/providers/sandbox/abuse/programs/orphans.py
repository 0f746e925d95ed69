# Makes children that nobody waits for, so that no clock counts them.
# ends: time_limit memory_limit
import os
import signal

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
while True:
    try:
        if os.fork() == 0:
            sum(range(10_000))
            os._exit(0)
    except OSError:
        pass
