# Writes without end, by others.
# ends: output_limit
yes & yes >&2 & wait
