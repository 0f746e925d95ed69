"""What the simulated candidate does over HTTP: sign up, upload a resume, create an interview, read the outcome."""

import asyncio
import secrets
from dataclasses import dataclass
from typing import Any

import aiohttp

POSITION = {
    "position_name": "Backend developer",
    "position_type": "backend",
    "company_name": "Example Ltd",
    "position_description": "Services in Python, PostgreSQL and Redis",
    "language": "en",
}


class DemoFailed(Exception):
    """Says what went wrong and what to look at."""


@dataclass
class Account:
    http: aiohttp.ClientSession
    url: str
    token: str = ""

    async def call(self, method: str, path: str, **kwargs: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        async with self.http.request(method, self.url + path, headers=headers, **kwargs) as response:
            if response.status >= 400:
                raise DemoFailed(f"{method} {path} answered {response.status}: {(await response.text())[:300]}")
            return await response.json()

    async def sign_up(self) -> str:
        """A new candidate each time, so that every run is somebody's first interview."""
        email = f"demo-{secrets.token_hex(4)}@example.com"
        person = {"email": email, "password": secrets.token_urlsafe(12), "name": "Alex Morgan", "language": "en"}
        self.token = (await self.call("POST", "/api/v1/auth/register/", json=person))["access"]
        for kind in ("interview", "recording"):
            consent = {"kind": kind, "version": "demo", "granted": True}
            await self.call("POST", "/api/v1/consents/", json=consent)
        return email

    async def upload(self, document: bytes, name: str) -> str:
        """The resume's id, once it is parsed."""
        form = aiohttp.FormData()
        form.add_field("file", document, filename=name, content_type="application/pdf")
        form.add_field("expected_position", POSITION["position_name"])
        resume = (await self.call("POST", "/api/v1/resume/upload/", data=form))["id"]
        parsed = await self.until(f"/api/v1/resume/{resume}/", lambda body: body["status"] in ("parsed", "failed"))
        if parsed["status"] == "failed":
            raise DemoFailed(f"the resume was not read: {parsed['status_reason']}")
        return str(resume)

    async def create(self) -> str:
        return str((await self.call("POST", "/interviews/create/", json=POSITION))["id"])

    async def report(self, resume: str, interview: str) -> dict[str, Any]:
        path = f"/api/v1/analysis/report/{resume}/?interview_id={interview}"
        return dict(await self.until(path, lambda body: body["status"] != "pending"))

    async def until(self, path: str, done: Any, seconds: float = 90) -> Any:
        """Ask twice a second until the answer is what is waited for."""
        for _attempt in range(int(seconds * 2)):
            try:
                if done(body := await self.call("GET", path)):
                    return body
            except DemoFailed as failed:
                if "404" not in str(failed):
                    raise
            await asyncio.sleep(0.5)
        raise DemoFailed(
            f"{path} was not ready after {seconds:.0f} s: look at the server's log, is its worker running?"
        )
