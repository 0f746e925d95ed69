"""Whether the process lives, whether it can serve, and what it counts."""

import logging
from collections.abc import Callable
from ipaddress import ip_address

from channels.layers import get_channel_layer
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.request import split_domain_port
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.admin import is_administrator
from config.serve import status

logger = logging.getLogger(__name__)
_migrated = False


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is looked at."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when this installation can take an interview, else 503 naming what cannot."""
    checks = {name: check() for name, check in CHECKS.items()}
    problems = {name: problem for name, problem in checks.items() if problem}
    body = {
        "status": "unavailable" if problems else "ready",
        "checks": {name: problem or "ok" for name, problem in checks.items()},
    }
    response = JsonResponse(body, status=503 if problems else 200)
    # Django would log an error for every probe of a starting server.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def database_problem() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.warning("The database does not answer", exc_info=True)
        return "The database does not answer: check DATABASE_URL and that its server runs."
    return ""


def migrations_problem() -> str:
    global _migrated  # noqa: PLW0603  # reading every migration each second would cost 30 ms a probe
    if _migrated:
        return ""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "Unknown while the database does not answer."
    _migrated = not missing
    return f"{len(missing)} migrations are not applied: run manage.py migrate." if missing else ""


def channel_layer_problem() -> str:
    if get_channel_layer() is None:
        return "No channel layer is configured."
    return redis_problem() if settings.REDIS_URL else ""


def redis_problem() -> str:
    import redis

    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2) as client:
            client.ping()
    except redis.RedisError:
        logger.warning("Redis does not answer", exc_info=True)
        return "Redis does not answer: check REDIS_URL and that its server runs."
    return ""


def workers_problem() -> str:
    return status.problem()


CHECKS: dict[str, Callable[[], str]] = {
    "database": database_problem,
    "migrations": migrations_problem,
    "channel_layer": channel_layer_problem,
    "workers": workers_problem,
}


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text, over the loopback by its own name or for a signed-in administrator; 404 to everybody else."""
    if not (is_local(request) or is_administrator(request.user)):
        raise Http404
    from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def is_local(request: HttpRequest) -> bool:
    """A loopback peer that is no proxy: a proxy on this machine forwards strangers from 127.0.0.1.

    Not every proxy adds a header of its own; most pass on the name that was asked for, which is then a public one.
    """
    if any(request.headers.get(name) for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")):
        return False
    asked = split_domain_port(request.get_host())[0].strip("[]")
    return is_loopback(request.META.get("REMOTE_ADDR", "")) and (asked == "localhost" or is_loopback(asked))


def is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
