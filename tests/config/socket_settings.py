"""The project's settings with a server of tiny consumers (see sockets.py) in place of the real ones."""

from config.settings import *  # noqa: F403

ASGI_APPLICATION = "tests.config.sockets.application"
