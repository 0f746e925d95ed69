# Links out of the work folder, soft and hard, that the server might follow.
# ends: ok; cases 2
import os

for number, target in enumerate(("/etc/passwd", "@SECRET@", "/", "/proc/1/root", "/proc/1/fd/1", "@DATABASE@")):
    os.symlink(target, f"link{number}")
    os.symlink(target, f"/tmp/.{number}")
    try:
        os.link(target, f"hard{number}")
        print("BREACH", target)
    except OSError as error:
        print(error.strerror)
try:
    os.link("/usr/lib/os-release", "hard")
    print("BREACH")
except OSError:
    pass
os.unlink("main.py")
os.symlink("@SECRET@", "main.py")
