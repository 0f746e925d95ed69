"""What every answer says to browsers and caches: what a page may load, and who may keep it."""

import pytest
from django.test import Client

from accounts.models import User
from config import csp
from tests.interviews.factories import make_interview, make_resume

pytestmark = pytest.mark.django_db
PAGES = ["/", "/accounts/sign-in/", "/admin/login/", "/api/docs/", "/nowhere"]


def directives(client: Client, path: str) -> dict[str, list[str]]:
    header = client.get(path).headers["Content-Security-Policy"]
    return {name: rest for name, *rest in (part.split() for part in header.split(";"))}


@pytest.mark.parametrize("path", PAGES)
def test_pages_run_files_of_this_site_only(client: Client, path: str) -> None:
    allowed = directives(client, path)
    assert allowed["default-src"] == ["'self'"]
    assert "script-src" not in allowed
    assert (allowed["frame-ancestors"], allowed["base-uri"], allowed["object-src"]) == (["'none'"],) * 3
    assert {"ws://localhost:*", "wss://localhost:*"} <= set(allowed["connect-src"])
    assert client.get(path).headers["X-Frame-Options"] == "DENY"


def test_the_documentation_s_scripts_come_from_here(client: Client) -> None:
    page = client.get("/api/docs/").content.decode()
    assert "//cdn" not in page
    assert page.count("<script") == page.count("<script src=")


@pytest.mark.parametrize(
    ("static_url", "origin"),
    [
        ("/static/", []),
        ("https://cdn.example/v/", ["https://cdn.example"]),
        ("//cdn.example/", ["https://cdn.example"]),
    ],
)
def test_files_on_another_host_are_allowed(static_url: str, origin: list[str]) -> None:
    assert csp.policy(static_url, [])["DIRECTIVES"]["default-src"] == ["'self'", *origin]


@pytest.mark.parametrize(
    ("hosts", "sources"),
    [
        (["viva.example"], ["ws://viva.example:*", "wss://viva.example:*"]),
        ([".viva.example", "[::1]"], ["ws://*.viva.example:*", "wss://*.viva.example:*"]),
        (["a.example", "*"], ["ws:", "wss:"]),
    ],
)
def test_sockets_lead_to_this_site_s_hosts(hosts: list[str], sources: list[str]) -> None:
    assert csp.sockets(hosts) == sources


def test_no_cache_keeps_what_is_private(owner: User, owner_client: Client) -> None:
    """A browser's own included: after signing out "Back" must not show a transcript."""
    interview, resume = make_interview(owner), make_resume(owner)
    paths = ["/", f"/interviews/{interview.pk}/", f"/resumes/{resume.pk}/", f"/api/v1/interviews/{interview.pk}/"]
    for path in paths:
        response = owner_client.get(path)
        assert (response.status_code, response.headers["Cache-Control"]) == (200, "private, no-store")


def test_no_cache_keeps_tokens(client: Client) -> None:
    data = {"email": "a@example.com", "password": "correct horse battery"}
    response = client.post("/api/v1/auth/register/", data, content_type="application/json")
    assert (response.status_code, response.headers["Cache-Control"]) == (201, "private, no-store")


def test_a_cache_gives_nobody_another_language(client: Client) -> None:
    response = client.get("/")
    assert {"Accept-Language", "Cookie"} <= set(response.headers["Vary"].split(", "))
    assert "Cache-Control" not in response.headers
