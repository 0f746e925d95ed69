# Crashes with much in its memory, and may not start what the machine starts for crashes.
# ends: runtime_error
import os
import resource

held = b"viva-abuse" * 1_000_000
try:
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print("BREACH")
except (OSError, ValueError):
    pass
os.abort()
