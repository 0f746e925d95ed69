"""/healthz/, /readyz/ and /metrics/."""

from typing import Any

import pytest
from django.test import Client, override_settings

from config.serve import status

pytestmark = pytest.mark.django_db
OK = {"database": "ok", "migrations": "ok", "channel_layer": "ok", "workers": "ok"}


def test_healthz_asks_nothing(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        response = Client().get("/healthz/")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_ready() -> None:
    response = Client().get("/readyz/")
    assert (response.status_code, response.json()) == (200, {"status": "ready", "checks": OK})
    assert response.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_a_worker_that_is_not_up_is_named() -> None:
    status.waits_for("celery", "celery is starting.")
    try:
        response = Client().get("/readyz/")
    finally:
        status.is_up("celery")
    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "checks": {**OK, "workers": "celery is starting."}}
    assert Client().get("/readyz/").status_code == 200


def test_an_unreachable_redis_is_named() -> None:
    with override_settings(REDIS_URL="redis://127.0.0.1:1/0"):
        response = Client().get("/readyz/")
    assert response.status_code == 503
    problem = "Redis does not answer: check REDIS_URL and that its server runs."
    assert response.json() == {"status": "unavailable", "checks": {**OK, "channel_layer": problem}}


@pytest.mark.parametrize("path", ["/healthz/", "/readyz/", "/metrics/"])
def test_only_reading(path: str) -> None:
    assert Client().post(path).status_code == 405


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost:8000", "[::1]:8000"])
def test_metrics_for_this_machine(settings: Any, host: str) -> None:
    settings.ALLOWED_HOSTS = ["viva.example.com", "127.0.0.1", "localhost", "[::1]"]
    response = Client().get("/metrics/", REMOTE_ADDR="127.0.0.1", HTTP_HOST=host)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/plain; version=")
    assert b"python_info" in response.content


@pytest.mark.parametrize(
    "origin",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": ""},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=192.0.2.7"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "viva.example.com"},  # by a proxy that adds no header
    ],
)
def test_metrics_are_hidden_from_strangers(settings: Any, origin: dict[str, str]) -> None:
    settings.ALLOWED_HOSTS = ["viva.example.com", "127.0.0.1"]
    assert Client().get("/metrics/", **{"HTTP_HOST": "127.0.0.1", **origin}).status_code == 404  # type: ignore[arg-type]


def test_metrics_elsewhere_are_the_administrators(
    administrator_client: Client, recruiter_client: Client, owner_client: Client
) -> None:
    answers = [
        client.get("/metrics/", REMOTE_ADDR="192.0.2.7").status_code
        for client in (administrator_client, recruiter_client, owner_client)
    ]
    assert answers == [200, 404, 404]
