"""The Celery application: slow work, run by `manage.py serve` or a separate worker."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("viva")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
