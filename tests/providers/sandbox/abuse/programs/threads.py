# Starts threads without end.
# ends: time_limit memory_limit runtime_error; waits
import threading
import time

while True:
    threading.Thread(target=time.sleep, args=(600,)).start()
