"""A column of words that both databases look up by an index: SQLite with FTS5, PostgreSQL with a GIN index.

The words are made in Python (`resumes.domain.words`), so that both know the same ones in every language, and
neither database parses any text: they only find words by their beginnings.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection as default
from django.db import connections, models
from django.db.models.expressions import RawSQL

TABLE = "resumes_resumewords"
INDEX = "resumes_words"
VECTOR = "array_to_tsvector(string_to_array({column}, ' '))"

_INTO = f"INSERT INTO {INDEX}"
_ADD = f"{_INTO}(rowid, words) VALUES (new.resume_id, new.words);"
_REMOVE = f"{_INTO}({INDEX}, rowid, words) VALUES ('delete', old.resume_id, old.words);"
_OPTIONS = f"content='{TABLE}', content_rowid='resume_id', detail='none'"
_TOKENS = "tokenize=\"unicode61 remove_diacritics 0 tokenchars '+#@'\""
SQLITE = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {INDEX} USING fts5(words, {_OPTIONS}, {_TOKENS})",
    f"CREATE TRIGGER IF NOT EXISTS {INDEX}_added AFTER INSERT ON {TABLE} BEGIN {_ADD} END",
    f"CREATE TRIGGER IF NOT EXISTS {INDEX}_removed AFTER DELETE ON {TABLE} BEGIN {_REMOVE} END",
    f"CREATE TRIGGER IF NOT EXISTS {INDEX}_changed AFTER UPDATE ON {TABLE} BEGIN {_REMOVE} {_ADD} END",
)
POSTGRESQL = (f"CREATE INDEX IF NOT EXISTS {INDEX} ON {TABLE} USING gin ({VECTOR.format(column='words')})",)


class WordsField(models.TextField[str, str]):
    """Words with one space between, each of letters, digits, `+`, `#` and `@`: no more reaches either database."""


def beginning(words: Sequence[str]) -> RawSQL:
    """The keys of resumes, for `pk__in`, of which for each of `words` (not empty) a word begins with it.

    Past the ORM: a join would read the row of words of each resume that the index has found.
    """
    if default.vendor == "sqlite":
        return RawSQL(*_sqlite(" ".join(f'"{word}"*' for word in words)))  # noqa: S611  # words hold no quotes
    return RawSQL(*_postgresql(" & ".join(f"'{word}':*" for word in words)))  # noqa: S611


def having(words: Sequence[str], most: int) -> list[int]:
    """`most` resumes, in no order, whose text has every one of `words` (not empty), whole.

    Without an order, for which PostgreSQL might rather go through the whole table.
    """
    if default.vendor == "sqlite":
        statement, parameters = _sqlite(" ".join(f'"{word}"' for word in words))
    else:
        statement, parameters = _postgresql(" & ".join(f"'{word}'" for word in words))
    with default.cursor() as cursor:
        cursor.execute(f"{statement} LIMIT %s", [*parameters, most])
        return [pk for (pk,) in cursor.fetchall()]


def _sqlite(query: str) -> tuple[str, list[str]]:
    return f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s", [query]  # noqa: S608


def _postgresql(query: str) -> tuple[str, list[str]]:
    return f"SELECT resume_id FROM {TABLE} WHERE {VECTOR.format(column='words')} @@ %s::tsquery", [query]  # noqa: S608


def install(using: str, **_: Any) -> None:
    """After each migration: make what of the index is missing. Django's own indexes cannot say it for both."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in SQLITE if connection.vendor == "sqlite" else POSTGRESQL:
            cursor.execute(statement)
