# Calls out by the shell's own devices.
# ends: ok runtime_error
for place in tcp/127.0.0.1/@PORT@ udp/127.0.0.1/@PORT@ tcp/@ADDRESS@/@PORT@; do
    (exec 3<>/dev/$place && echo x >&3 && echo BREACH) 2>/dev/null
done
true
