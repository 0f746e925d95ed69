# Makes devices, and writes to those of the kernel and to its settings.
# ends: ok
import os
import stat

for kind in (stat.S_IFBLK, stat.S_IFCHR):
    for number in (os.makedev(1, 1), os.makedev(8, 0), os.makedev(10, 229)):
        try:
            os.mknod(f"device{kind}{number}", kind | 0o666, number)
            print("BREACH", kind, number)
        except OSError:
            pass
for name in (
    "/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger", "/proc/sys/vm/drop_caches", "/sys/kernel/uevent_helper",
    "/proc/sys/kernel/modprobe", "/proc/sys/fs/binfmt_misc/register", "/proc/sys/net/ipv4/ip_forward", "/proc/mtrr",
    "/proc/sys/kernel/hostname", "/proc/irq/0/smp_affinity", "/dev/kmsg", "/dev/mem", "/dev/fuse", "/dev/kvm", "/dev/tty", "/dev/ptmx",
):
    try:
        open(name, "w").write("1")
    except OSError:
        continue
    print("BREACH", name)
