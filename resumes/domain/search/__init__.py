"""Resumes found by words and by meaning.

`meaning.semantic` searches; `indexing` keeps the index; `building` makes a new one; `words` serve full-text search.
"""

from resumes.domain.search.meaning import Found, semantic

__all__ = ["Found", "semantic"]
