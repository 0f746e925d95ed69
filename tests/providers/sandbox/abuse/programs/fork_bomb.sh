# The classical one.
# ends: time_limit memory_limit ok runtime_error; waits
bomb() { bomb | bomb & }
bomb
while :; do :; done
