# Fills the buffers of local sockets.
# ends: ok memory_limit runtime_error time_limit; waits
import os
import socket
import time

for _ in range(3):
    os.fork()
held = []
try:
    while True:
        pair = socket.socketpair()
        held += pair
        for end in pair:
            end.setblocking(False)
            try:
                while True:
                    end.send(bytes(65536))
            except BlockingIOError:
                pass
except OSError:
    time.sleep(60)
