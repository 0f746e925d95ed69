# Maps memory by the gigabyte and writes to it.
# ends: memory_limit runtime_error
import mmap

held = []
while True:
    held.append(mmap.mmap(-1, 1 << 26, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS))
    for place in range(0, 1 << 26, 4096):
        held[-1][place] = 1
