-- Reads and writes files by the functions of SQLite's shell.
-- ends: runtime_error
SELECT writefile('/tmp/viva-abuse', 'x'), readfile('/etc/passwd');
