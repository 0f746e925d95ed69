# Only reads: the pages are the kernel's one page of zeros, the tables that lead to it are not.
# ends: memory_limit
import ctypes
import os
import time

libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
libc.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
for _ in range(4):
    os.fork()
size = 7 << 30
start = libc.mmap(None, size, 1, 0x4022, -1, 0)
libc.madvise(start, size, 15)
for place in range(0, size, 2 << 20):
    ctypes.c_char.from_address(start + place).value
time.sleep(60)
