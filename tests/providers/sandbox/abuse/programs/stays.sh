# Leaves others behind, deaf to signals, who write into the case after it.
# ends: ok; cases 2
ls /tmp/work/viva-abuse /tmp/viva-abuse 2>/dev/null && echo BREACH
trap '' HUP TERM INT
(trap '' HUP TERM INT; while :; do echo x >/tmp/work/viva-abuse; echo x >/tmp/viva-abuse; sleep 0.01; done) >/dev/null 2>&1 &
disown -a
sleep 0.1
