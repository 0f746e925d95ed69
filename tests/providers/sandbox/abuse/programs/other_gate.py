# Asks by the numbers of programs with short addresses (x32), each in a process of its own.
# ends: ok time_limit
import ctypes
import os

libc = ctypes.CDLL(None)
for number in (1, 2, 59, 101, 165, 272, 310, 321, 425, 521, 539, 540):
    if os.fork() == 0:
        os._exit(libc.syscall(0x40000000 + number, 0, 0, 0, 0, 0, 0) != -1)
    _, status = os.wait()
    if os.waitstatus_to_exitcode(status) == 1:
        print("BREACH", number)
