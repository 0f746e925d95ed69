# Becomes somebody else, by calls and by files with a set-user-id.
# ends: ok
import os
import shutil

for change in (os.setuid, os.setgid, os.seteuid, os.setegid, lambda number: os.setresuid(number, number, number), lambda number: os.setgroups([number])):
    try:
        change(0)
        print("BREACH")
    except OSError:
        pass
for name in ("su", "sudo", "mount", "passwd", "newuidmap", "pkexec", "fusermount3", "ping", "unshare", "nsenter", "bwrap"):
    if shutil.which(name):
        print("BREACH", name)
shutil.copy("main.py", "copy")
os.chmod("copy", 0o6777)
if "CapEff:\t0000000000000000" not in open("/proc/self/status").read():
    print("BREACH")
for folder, _, names in os.walk("/usr"):
    if any(os.lstat(f"{folder}/{name}").st_mode & 0o6000 for name in names):
        if not os.statvfs(folder).f_flag & os.ST_NOSUID:
            print("BREACH", folder)
