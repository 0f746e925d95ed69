"""`manage.py serve`: the server and everything it needs, in one process tree."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

PARTS = ("celery", "speech", "proctoring", "recording")


class Command(BaseCommand):
    help = "Serves pages and sockets, with the workers inside. SIGTERM ends it without losing an interview."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=settings.HOST, help="address to listen on (HOST)")
        parser.add_argument("--port", type=int, default=settings.PORT, help="port to listen on (PORT)")
        parser.add_argument("--without", action="append", choices=PARTS, default=[], help="runs as a separate service")
        parser.add_argument("--prepare", action="store_true", help="migrates and makes the demo accounts first")
        parser.add_argument("--no-children", action="store_true", help="the same as --without for every part")

    def handle(self, *args: Any, host: str, port: int, without: list[str], **options: Any) -> None:
        from config.serve import hooks, status, supervisor

        if options["prepare"]:
            self.prepare(host, port)
        hooks.left_out.update(PARTS if options["no_children"] else without)
        children = [supervisor.celery()] if hooks.wanted("celery") else []
        status.waits_for("server", "The server is starting.")
        for child in children:
            status.waits_for(child.name, f"{child.name} is starting.")
        failure = serve(host, port, [supervisor.Supervisor(child).run for child in children])
        if failure:
            raise CommandError(f"{failure} Choose another address with HOST and PORT.")
        sys.exit(0)

    def prepare(self, host: str, port: int) -> None:
        """In this process, because each command of its own costs a second of start-up."""
        call_command("migrate", verbosity=0)
        name = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::", "::1") else host  # noqa: S104  # compared only
        address = f"http://{name}:{port}"
        self.stdout.write(f"Viva: {address}/   for recruiters: {address}/admin/   API: {address}/api/docs/")
        self.stdout.write("Demo accounts:")
        call_command("demo_data", stdout=self.stdout)
        connection.close()


def serve(host: str, port: int, tasks: list[Any]) -> str:
    """Run until a signal comes. Returns why it could not listen, or an empty string."""
    from channels.routing import get_default_application

    from config.serve.server import VivaServer  # installs Twisted's reactor: before anything else of Twisted

    server = VivaServer(get_default_application(), host, port, tasks)
    server.run()
    return server.failure
