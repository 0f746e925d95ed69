# Ways round by Python itself: pickles, tracing, frames, reading back what it was started with.
# ends: ok
import gc
import pickle
import subprocess
import sys


class Opens:
    def __reduce__(self):
        return open, ("@SECRET@",)


class Calls:
    def __reduce__(self):
        return subprocess.getoutput, ("cat /etc/passwd @SECRET@ /proc/1/environ",)


for one in (Opens(), Calls()):
    try:
        print(pickle.loads(pickle.dumps(one)))
    except OSError as error:
        print(error.strerror)
sys.settrace(lambda *_: None)
print([word for word in sys.orig_argv], sys.path, sys.flags)
frame = sys._getframe()
while frame:
    print(frame.f_code.co_filename, list(frame.f_locals)[:50])
    frame = frame.f_back
print([one for one in gc.get_objects() if isinstance(one, dict) and "expected" in one and "hidden" in one])
