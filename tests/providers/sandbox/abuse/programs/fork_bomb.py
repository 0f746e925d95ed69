# Forks for ever, in every child too.
# ends: time_limit memory_limit
import os

while True:
    try:
        os.fork()
    except OSError:
        pass
