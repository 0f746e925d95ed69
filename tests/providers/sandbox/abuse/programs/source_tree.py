# Reads the server's own program.
# ends: ok
import os
import sys

for name in ("@TREE@/manage.py", "@TREE@/config/settings.py", "@TREE@/providers/sandbox/inside.py"):
    if os.path.exists(name):
        print("BREACH", name)
for _, folders, names in os.walk("/"):
    if "manage.py" in names or "inside.py" in names or ".git" in folders:
        print("BREACH: the tree is here")
for name in ("django", "numpy", "providers", "interviews", "pip"):
    try:
        __import__(name)
    except ImportError:
        continue
    print("BREACH", name)
