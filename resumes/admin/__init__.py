"""The admin of resumes, by subject."""

from resumes.admin import imports, resumes

__all__ = ["imports", "resumes"]
