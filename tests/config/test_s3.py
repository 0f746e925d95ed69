"""Files in a bucket: what is asked of it, and how long it may keep who asks."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from s3transfer.exceptions import RetriesExceededError
from storages.backends.s3 import S3Storage

from accounts.domain import files
from config import s3

TOLD = """
import json, sys
from config import settings
options = settings.STORAGES["default"].get("OPTIONS", {})
print(json.dumps(["botocore" in sys.modules, sorted(options)]))
"""
OPTIONS = ["access_key", "bucket_name", "client_config", "endpoint_url", "file_overwrite", "secret_key"]


@pytest.mark.parametrize(
    ("bucket", "told"), [("", [False, []]), ("viva", [True, [*OPTIONS, "transfer_config"]])], ids=["disk", "bucket"]
)
def test_only_a_bucket_costs_its_library(bucket: str, told: list[Any], tmp_path: Path) -> None:
    environment = {**os.environ, "DATA_DIR": str(tmp_path), "S3_BUCKET_NAME": bucket}
    done = subprocess.run([sys.executable, "-c", TOLD], env=environment, capture_output=True, check=True)
    assert json.loads(done.stdout) == told


class BreaksOff(BaseHTTPRequestHandler):
    """Says that it sends 5000 bytes, and sends 1000."""

    def do_HEAD(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "5000")
        self.send_header("ETag", '"x"')
        self.end_headers()

    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        self.do_HEAD()
        self.wfile.write(b"a" * 1000)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def bucket() -> Iterator[Any]:
    with ThreadingHTTPServer(("127.0.0.1", 0), BreaksOff) as server:
        server.asked = []  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def test_a_file_that_breaks_off_is_asked_for_twice_and_may_be_there_later(bucket: Any) -> None:
    address = f"http://127.0.0.1:{bucket.server_port}"
    storage = S3Storage(bucket_name="viva", endpoint_url=address, access_key="a", secret_key="b", **s3.patience())
    with pytest.raises(RetriesExceededError) as raised:
        storage.open("cv").read()
    assert (bucket.asked, files.is_away(raised.value)) == (["/viva/cv"] * 2, True)


@pytest.mark.parametrize("endpoint", [None, "https://minio.example.org:9000"])
def test_how_a_bucket_is_asked_stays_the_librarys_affair(endpoint: str | None) -> None:
    given = {"bucket_name": "viva", "endpoint_url": endpoint, "access_key": "a", "secret_key": "b"}
    ours, plain = S3Storage(**given, **s3.patience()), S3Storage(**given)
    config = ours.connection.meta.client.meta.config
    assert (config.connect_timeout, config.read_timeout, config.retries["total_max_attempts"]) == (5, 20, 2)
    assert unsigned(ours.url("cv")) == unsigned(plain.url("cv"))


def unsigned(address: str) -> tuple[str, list[str]]:
    """Where it leads, and the kind of its signature."""
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path}", sorted(parse_qs(parts.query))
