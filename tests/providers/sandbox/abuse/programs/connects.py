# Calls the server over the network.
# ends: ok
import socket

for address in ("127.0.0.1", "localhost", "0.0.0.0", "@ADDRESS@", "1.1.1.1"):
    try:
        socket.create_connection((address, int("@PORT@")), timeout=1)
    except OSError as error:
        print(error.strerror)
    else:
        print("BREACH", address)
try:
    import urllib.request

    print("BREACH", urllib.request.urlopen("http://127.0.0.1:@PORT@/", timeout=1).read())
except OSError as error:
    print(error)
