"""`manage.py serve`: the server and everything it needs, in one process tree."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

PARTS = ("celery", "speech", "proctoring")


class Command(BaseCommand):
    help = "Serves pages and sockets, with the workers inside. SIGTERM ends it without losing an interview."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=settings.HOST, help="address to listen on (HOST)")
        parser.add_argument("--port", type=int, default=settings.PORT, help="port to listen on (PORT)")
        parser.add_argument("--without", action="append", choices=PARTS, default=[], help="runs as a separate service")
        parser.add_argument("--no-children", action="store_true", help="the same as --without for every part")

    def handle(self, *args: Any, host: str, port: int, without: list[str], no_children: bool, **options: Any) -> None:
        from config.serve import hooks, status, supervisor

        hooks.left_out.update(PARTS if no_children else without)
        children = [supervisor.celery()] if hooks.wanted("celery") else []
        status.waits_for("server", "The server is starting.")
        for child in children:
            status.waits_for(child.name, f"{child.name} is starting.")
        failure = serve(host, port, [supervisor.Supervisor(child).run for child in children])
        if failure:
            raise CommandError(f"{failure} Choose another address with HOST and PORT.")
        sys.exit(0)


def serve(host: str, port: int, tasks: list[Any]) -> str:
    """Run until a signal comes. Returns why it could not listen, or an empty string."""
    from channels.routing import get_default_application

    from config.serve.server import VivaServer  # installs Twisted's reactor: before anything else of Twisted

    server = VivaServer(get_default_application(), host, port, tasks)
    server.run()
    return server.failure
