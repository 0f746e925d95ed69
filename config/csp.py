"""What a page of this site may load and talk to: its own files and its own sockets, and nothing written into it."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit


def policy(static_url: str, hosts: Iterable[str]) -> dict[str, Any]:
    """The Content-Security-Policy for `CONTENT_SECURITY_POLICY`; `hosts` are ALLOWED_HOSTS."""
    own = ["'self'", *static_origin(static_url)]
    return {
        "DIRECTIVES": {
            "default-src": own,
            # The code editor writes its styles into the page; scripts come from files only.
            "style-src": [*own, "'unsafe-inline'"],
            "img-src": [*own, "data:", "blob:"],
            "media-src": [*own, "blob:"],
            "connect-src": [*own, *sockets(hosts)],
            "object-src": ["'none'"],
            "base-uri": ["'none'"],
            "form-action": ["'self'"],
            "frame-ancestors": ["'none'"],
        }
    }


def static_origin(static_url: str) -> list[str]:
    """Where the files are on another host, that host."""
    parts = urlsplit(static_url)
    return [f"{parts.scheme or 'https'}://{parts.netloc}"] if parts.netloc else []


def sockets(hosts: Iterable[str]) -> list[str]:
    """Sources for this site's sockets: not every browser takes 'self' to mean them. IPv6 addresses have no spelling."""
    names = ["*" + host if host.startswith(".") else host for host in hosts if not host.startswith("[")]
    if "*" in names:
        return ["ws:", "wss:"]
    return [f"{scheme}://{name}:*" for name in names for scheme in ("ws", "wss")]
