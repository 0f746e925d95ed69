# Fills the table of processes, and waits.
# ends: time_limit memory_limit; waits
import os
import time

while True:
    try:
        if os.fork() == 0:
            break
    except OSError:
        break
time.sleep(600)
