"""A process that is killed between two things that belong together."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection


@contextmanager
def killed_at_the_row(table: str) -> Iterator[None]:
    """What runs inside dies when it writes a row of `table`: from then on nothing reaches the database."""

    def wrapper(execute: Any, sql: str, *rest: Any) -> Any:
        nonlocal killed
        killed = killed or sql.startswith(f'INSERT INTO "{table}"')
        if killed:
            raise SystemExit
        return execute(sql, *rest)

    killed = False
    with pytest.raises(SystemExit), connection.execute_wrapper(wrapper):
        yield
