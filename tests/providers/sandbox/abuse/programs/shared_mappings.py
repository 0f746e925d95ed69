# Maps memory that belongs to no process.
# ends: runtime_error
import mmap

mmap.mmap(-1, 1 << 30)
print("BREACH")
