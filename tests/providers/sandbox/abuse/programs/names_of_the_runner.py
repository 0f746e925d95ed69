# Names like those that the runner gives when it cleans up, so that it breaks off between two cases.
# ends: ok; cases 2
import os

for number in range(40):
    for name in (f"/tmp/.{number}", f"/tmp/.{number}.1"):
        os.makedirs(f"{name}/x/y/z")
        open(f"{name}/x/.{number}", "w").close()
os.makedirs("/tmp/a/b/c/d")
os.chmod("/tmp/a/b", 0)
os.chmod("/tmp/a", 0)
os.mkfifo("/tmp/pipe")
