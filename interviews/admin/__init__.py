"""The admin of interviews, by subject."""

from interviews.admin import coding_tasks, exchanges, interviews, timings

__all__ = ["coding_tasks", "exchanges", "interviews", "timings"]
