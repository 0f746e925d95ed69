# Calls local sockets of the host: by path, and by a name that stands in no folder.
# ends: ok
import socket

for address in ("@SOCKET@", "\0@ABSTRACT@", "/var/run/docker.sock", "/run/dbus/system_bus_socket", "/tmp/.X11-unix/X0", "\0/tmp/.X11-unix/X0"):
    try:
        socket.socket(socket.AF_UNIX).connect(address)
    except OSError as error:
        print(error.strerror)
    else:
        print("BREACH", repr(address))
