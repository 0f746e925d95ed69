"""The admin of resumes, by subject."""

from resumes.admin import duplicates, imports, resumes, search

__all__ = ["duplicates", "imports", "resumes", "search"]
