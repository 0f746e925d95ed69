# Folders in folders in folders, deeper than a path is long.
# ends: ok output_limit time_limit runtime_error; cases 2
import os

for _ in range(3000):
    os.mkdir("d" * 100)
    os.chdir("d" * 100)
