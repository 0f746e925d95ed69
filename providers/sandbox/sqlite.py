"""Runs `main.sql` inside a sandbox: `setup.sql` first, then the statements of standard input, then the program itself.

The rows of each SELECT are printed one a line: columns joined by `|`, NULL as `NULL`. It ends with 1 after an error.
"""

import os
import sqlite3
import sys
from collections.abc import Iterator


def statements(text: str) -> Iterator[str]:
    """SQLite's own idea of where a statement ends, so that semicolons in strings and triggers end none."""
    begun = ""
    for piece in text.split(";"):
        begun += piece + ";"
        if sqlite3.complete_statement(begun):
            yield begun
            begun = ""
    if begun.strip("; \n\t"):
        yield begun


def shown(value: object) -> str:
    if value is None:
        return "NULL"
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def content(name: str) -> str:
    if not os.path.exists(name):
        return ""
    with open(name, encoding="utf-8") as file:
        return file.read()


def main() -> int:
    database = sqlite3.connect(":memory:", isolation_level=None)
    try:
        database.executescript(content("setup.sql"))
        database.executescript(sys.stdin.read())
        for statement in statements(content("main.sql")):
            for row in database.execute(statement):
                sys.stdout.write("|".join(map(shown, row)) + "\n")
    except sqlite3.Error as error:
        sys.stdout.flush()
        sys.stderr.write(f"Error: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
