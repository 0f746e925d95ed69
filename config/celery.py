"""The Celery application: slow work, run by `manage.py serve` or a separate worker."""

import os
from typing import Any

from celery import Celery
from celery.signals import beat_embedded_init, worker_process_init, worker_ready

from config import queue
from config.serve import child, supervisor

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
queue.install()
app = Celery("viva")
#: Of the worker itself: what it forks inherits the number.
WORKER = os.getpid()
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def say_ready(**_: Any) -> None:
    supervisor.say_ready()


@worker_process_init.connect
@beat_embedded_init.connect
def end_with_worker(**_: Any) -> None:
    """A killed worker takes its processes along: each is told by the kernel, or sees that it is too late to be told."""
    child.die_with_parent()
    if os.getppid() != WORKER:
        os._exit(1)
