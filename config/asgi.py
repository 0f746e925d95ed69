"""The ASGI application: HTTP by Django, sockets by Channels."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
http = get_asgi_application()

from channels.routing import ProtocolTypeRouter  # noqa: E402  # Django must be set up first

from config.routing import channels, sockets  # noqa: E402

application = ProtocolTypeRouter({"http": http, "websocket": sockets, "channel": channels})
