# Timers and queued signals without end, which are the kernel's memory.
# ends: ok runtime_error time_limit
import ctypes
import os

libc = ctypes.CDLL(None)
made = 0
for _ in range(300_000):
    number = ctypes.c_int()
    if libc.timer_create(1, 0, ctypes.byref(number)) != 0:
        break
    made += 1
