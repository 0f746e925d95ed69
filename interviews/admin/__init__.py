"""The admin of interviews, by subject."""

from interviews.admin import exchanges, interviews, timings

__all__ = ["exchanges", "interviews", "timings"]
