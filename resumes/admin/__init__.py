"""The admin of resumes, by subject."""

from resumes.admin import duplicates, imports, resumes

__all__ = ["duplicates", "imports", "resumes"]
