# Reads what machines keep to themselves.
# ends: ok
from pathlib import Path

for name in (
    "/etc/passwd", "/etc/shadow", "/etc/hosts", "/etc/resolv.conf", "/etc/machine-id", "/root/.ssh/id_rsa",
    "/root/.bash_history", "/var/log/syslog", "/proc/kcore", "/proc/kmsg", "/dev/mem", "/dev/sda", "/sys/class/net",
    "/run/secrets", "/var/run/docker.sock", "/proc/self/root/etc/passwd", "/usr/../etc/passwd", "/proc/1/root/etc/passwd",
    "/dev/fd/../../../etc/passwd", "/proc/thread-self/root/../etc/passwd",
):
    try:
        data = Path(name).read_bytes()
    except OSError:
        continue
    if data:
        print("BREACH", name, data[:2000])
