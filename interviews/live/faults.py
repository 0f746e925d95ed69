"""Logging a fault without its words: an exception's text may quote what a candidate said or wrote."""

import logging
import traceback


def log_fault(log: logging.Logger, interview_id: int, error: BaseException) -> None:
    """Log the kind of the error and where it happened, never its message."""
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("interview %s: %s\n%s", interview_id, type(error).__name__, where)
