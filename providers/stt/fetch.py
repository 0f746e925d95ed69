"""Finds Whisper models in the cache folder, and fetches a missing one in a process of its own.

    python -m providers.stt.fetch MODEL FOLDER

Nothing waits for it: until the model is there, and where the hub cannot be reached, the other engines serve.
"""

import asyncio
import logging
import os
import shutil
import sys
from asyncio.subprocess import DEVNULL
from pathlib import Path

log = logging.getLogger(__name__)

HUB_TIMEOUT_S = 5
FETCH_TIMEOUT_S = 1800
_NEEDED = ("model.bin", "config.json", "tokenizer.json")
_ROOT = Path(__file__).resolve().parent.parent.parent
# What became of the fetching in this process, for people to read; by model and cache folder.
_news: dict[tuple[str, Path], str] = {}


def find_model(model: str, cache_dir: Path) -> Path | None:
    """The folder of `model`: itself a folder's path, or a size (`base`) or hub id (`owner/name`) in `cache_dir`.

    Both this module's layout and the hub's own cache (`models--owner--name/snapshots/…`) are understood.
    """
    places = [Path(model), folder_of(model, cache_dir)]
    owner_name = model if "/" in model else f"Systran/faster-whisper-{model}"
    places += sorted(cache_dir.glob(f"models--{owner_name.replace('/', '--')}/snapshots/*"))
    return next((place for place in places if all((place / name).is_file() for name in _NEEDED)), None)


def folder_of(model: str, cache_dir: Path) -> Path:
    """Where this module keeps `model`."""
    return cache_dir / f"whisper-{model.replace('/', '--')}"


def news(model: str, cache_dir: Path) -> str:
    """What became of the last attempt to fetch `model`; empty before the first."""
    return _news.get((model, cache_dir), "")


async def fetch(model: str, cache_dir: Path, *, timeout_s: float = FETCH_TIMEOUT_S) -> bool:
    """Fetch `model` into `cache_dir` unless it is there. True when it is there in the end; never raises for a network.

    The hub must answer within 5 s; the whole takes at most `timeout_s`.
    """
    if find_model(model, cache_dir) is not None:
        return True
    _news[model, cache_dir] = "being fetched"
    failure = await _fetch_in_child(model, folder_of(model, cache_dir), timeout_s)
    _news[model, cache_dir] = failure
    if failure:
        log.warning("the Whisper model %s could not be fetched: %s", model, failure)
    return find_model(model, cache_dir) is not None


async def _fetch_in_child(model: str, folder: Path, timeout_s: float) -> str:
    """Why it failed; empty when it did not."""
    environment = {
        **os.environ,
        "HF_HUB_ETAG_TIMEOUT": str(HUB_TIMEOUT_S),
        "HF_HUB_DOWNLOAD_TIMEOUT": str(HUB_TIMEOUT_S),
    }
    command = (sys.executable, "-m", "providers.stt.fetch", model, str(folder))
    try:
        process = await asyncio.create_subprocess_exec(
            *command, cwd=_ROOT, env=environment, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL
        )
    except OSError as error:
        return f"the fetching process cannot be started: {error.strerror}"
    try:
        code = await asyncio.wait_for(process.wait(), timeout_s)
    except TimeoutError:
        return "it took too long"
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return {0: "", 2: "there is no model of that name", 3: "the model hub cannot be reached"}.get(
        code, f"the fetching process ended with {code}"
    )


def main(model: str, folder: Path) -> int:
    """0: fetched; 2: no such model; 3: the hub cannot be reached (or broke off)."""
    from faster_whisper.utils import available_models, download_model
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError, RepositoryNotFoundError

    if "/" not in model and model not in available_models():
        return 2
    # Renamed when it is whole, so that a half-fetched model is never taken for one; what is there is not fetched twice.
    unfinished = folder.with_name(folder.name + ".part")
    try:
        download_model(model, output_dir=str(unfinished))
    except RepositoryNotFoundError:
        return 2
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError, RuntimeError):
        return 3
    shutil.rmtree(unfinished / ".cache", ignore_errors=True)
    unfinished.rename(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
