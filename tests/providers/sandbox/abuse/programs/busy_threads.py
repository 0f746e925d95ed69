# Every thread computes for ever.
# ends: time_limit memory_limit
import threading


def busy():
    while True:
        pass


for _ in range(20):
    threading.Thread(target=busy).start()
