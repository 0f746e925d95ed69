# A daemon that outlives its case writes into the next one's folder and output.
# ends: ok; cases 2
import os
import time

if os.path.exists("/tmp/work/viva-abuse") or os.path.exists("/tmp/viva-abuse"):
    print("BREACH: of the case before")
if len([name for name in os.listdir("/proc") if name.isdecimal()]) > 2:
    print("BREACH: a process of the case before")
if os.fork() == 0:
    os.setpgid(0, 0)
    if os.fork() == 0:
        out = os.dup(1)
        while True:
            try:
                open("/tmp/work/viva-abuse", "w").close()
                open("/tmp/viva-abuse", "w").close()
                time.sleep(0.001)
            except OSError:
                pass
    os._exit(0)
time.sleep(0.1)
