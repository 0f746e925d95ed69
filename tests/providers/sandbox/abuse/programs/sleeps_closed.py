# Closes all that one could notice it by, and sleeps.
# ends: time_limit; waits
import os
import time

for end in range(256):
    try:
        os.close(end)
    except OSError:
        pass
time.sleep(600)
