# Every number that no system call has, or only future kernels.
# ends: ok
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
# 335 and 336 are the kernel's own for traced functions: who calls them gets SIGILL, whatever a filter says.
for number in (*range(337, 424), *range(452, 1000)):
    ctypes.set_errno(0)
    if libc.syscall(number, 0, 0, 0, 0, 0, 0) != -1:
        print("BREACH", number)
