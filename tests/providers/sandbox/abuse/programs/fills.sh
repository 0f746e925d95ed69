# Fills the disk with several writers, and by growing one file into another.
# ends: ok runtime_error output_limit time_limit
for number in 1 2 3 4; do dd if=/dev/urandom of=/tmp/viva-abuse-$number bs=1M count=4000 2>/dev/null & done
wait
yes | cat - > /tmp/viva-abuse-yes
true
