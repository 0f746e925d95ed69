# Sends without a connection, and by raw, packet, kernel and machine sockets.
# ends: ok
import socket

for family in range(1, 46):
    for kind in (1, 2, 3, 5):
        if family == socket.AF_UNIX:
            continue
        try:
            end = socket.socket(family, kind)
        except OSError:
            continue
        print("BREACH", family, kind)
        end.sendto(b"x", ("127.0.0.1", int("@PORT@")))
