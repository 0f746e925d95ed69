-- A value without end.
-- ends: memory_limit runtime_error
WITH RECURSIVE n(x) AS (SELECT 'x' UNION ALL SELECT x || x FROM n) SELECT length(group_concat(x)) FROM n;
