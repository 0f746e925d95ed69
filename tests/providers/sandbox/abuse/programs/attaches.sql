-- Opens files of the machine as databases.
-- ends: runtime_error
ATTACH '@DATABASE@' AS other;
SELECT 'BREACH', * FROM other.secrets;
