# A child writes on while its parent has long ended.
# ends: ok output_limit
import os

if os.fork() == 0:
    while True:
        os.write(1, b"x" * 100)
