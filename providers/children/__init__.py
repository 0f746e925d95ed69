"""Work on files of strangers, in a process that is killed at its limit of time or memory."""
