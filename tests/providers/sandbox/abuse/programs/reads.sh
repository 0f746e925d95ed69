# Reads and searches with the tools that there are.
# ends: ok
cat /etc/passwd /etc/shadow "@SECRET@" "@DATABASE@" /proc/[0-9]*/environ /proc/*/cwd/*.txt /proc/1/root/etc/passwd 2>/dev/null
find / -xdev -name '*.sqlite3' -o -name 'manage.py' -o -name 'shadow' 2>/dev/null
head -c 100 /dev/mem /dev/sda /dev/kmsg /dev/tcp 2>/dev/null
echo "$PPID $UID"
