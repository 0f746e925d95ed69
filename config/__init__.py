"""Settings and wiring: ASGI, URLs, Celery, processes. No business rules."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
