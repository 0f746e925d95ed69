# Many children hold a little each.
# ends: memory_limit
import os
import time

for _ in range(4):
    os.fork()
held = b"x" * 20_000_000
time.sleep(60)
