"""Where each socket and each worker channel leads."""

from channels.routing import ChannelNameRouter, URLRouter
from django.urls import re_path

from config.socket_users import SocketUser
from interviews.consumers.webrtc import WebRtcConsumer
from proctoring.consumers import ProctoringConsumer

sockets = SocketUser(URLRouter([re_path(r"^ws/webrtc/?$", WebRtcConsumer.as_asgi())]))
channels = ChannelNameRouter({"proctoring": ProctoringConsumer.as_asgi()})
