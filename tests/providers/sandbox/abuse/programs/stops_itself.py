# Stops itself, so that it uses no time.
# ends: time_limit; waits
import os
import signal

os.kill(0, signal.SIGSTOP)
