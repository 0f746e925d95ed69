"""A column of words that both databases look up by an index: SQLite with FTS5, PostgreSQL with a GIN index.

The words are made in Python (`resumes.domain.words`), so that both know the same ones in every language, and
neither database parses any text: they only find words by their beginnings.
"""

from typing import Any

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import Lookup

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
    """Words with one space between, each of letters, digits, `+`, `#` and `@`.

    `words__match=["back", "dev"]`: for each of these a word begins with it.
    """


@WordsField.register_lookup
class Match(Lookup[Any]):
    lookup_name = "match"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper, **_: Any) -> tuple[str, list[Any]]:
        column = compiler.quote_name_unless_alias(self.lhs.alias)
        query = " ".join(f'"{word}"*' for word in self.rhs)
        return f"{column}.resume_id IN (SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s)", [query]  # noqa: S608

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper, **_: Any) -> tuple[str, list[Any]]:
        column, parameters = self.process_lhs(compiler, connection)
        query = " & ".join(f"'{word}':*" for word in self.rhs)
        return f"{VECTOR.format(column=column)} @@ %s::tsquery", [*parameters, query]


def install(using: str, **_: Any) -> None:
    """After each migration: make what of the index is missing. Django's own indexes cannot say it for both."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in SQLITE if connection.vendor == "sqlite" else POSTGRESQL:
            cursor.execute(statement)
