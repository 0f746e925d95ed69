-- Loads a library into the database.
-- ends: runtime_error
SELECT load_extension('/usr/lib/x86_64-linux-gnu/libc.so.6');
