"""The project's settings for tests: nothing of the developer's environment, a data folder that is thrown away.

pytest-django imports settings before any conftest.py runs, so the environment has to be made here.
"""

import atexit
import os
import re
import shutil
import tempfile
from pathlib import Path

# Only what running Python needs, and the database and Redis of the second run of `make test`, come from outside.
_names = re.findall(
    r'env\.\w+\(\s*"([A-Z0-9_]+)"', (Path(__file__).parent.parent / "config" / "settings.py").read_text()
)
for _name in {*_names, "SECRET_KEY"} - {"DATABASE_URL", "REDIS_URL"}:
    os.environ.pop(_name, None)

_folder = Path(tempfile.mkdtemp(prefix="viva-tests-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["DATA_DIR"] = str(_folder)

if os.environ.get("REDIS_URL") and (_worker := os.environ.get("PYTEST_XDIST_WORKER")):
    # One Redis database a test process: clearing the cache empties all of it.
    _base = os.environ["REDIS_URL"].rstrip("/").rsplit("/", 1)[0]
    os.environ["REDIS_URL"] = f"{_base}/{int(_worker.removeprefix('gw')) + 1}"

from config.settings import *  # noqa: E402, F403  # the environment comes first

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # In a file: the in-memory database's table locks, which no time-out waits for, would fail tests with threads.
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / "test.sqlite3")}  # noqa: F405
# Tests of transports answer "Answer 1" and count questions; those of the interviewer turn this on.
ADAPTIVE_QUESTIONS = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
# Each client makes the middleware anew, which otherwise looks through all static files: a fifth of a page's test.
WHITENOISE_AUTOREFRESH = True
