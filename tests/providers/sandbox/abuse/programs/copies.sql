-- Writes a copy of its database out of the work folder.
-- ends: runtime_error
VACUUM INTO '/usr/viva-abuse';
