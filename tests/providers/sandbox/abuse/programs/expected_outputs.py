# Looks in all it can see for what the tests expect.
# ends: ok
import os

for folder, _, names in os.walk("/tmp"):
    for name in names:
        if name != "main.py":
            print("BREACH", folder, name)
for name in os.listdir("/"):
    if name in ("work", "data", "app", "srv", "home", "opt", "viva", "code"):
        print("BREACH", name)
