"""Sound for the tests of speech: own clips, the shared material where it lies beside the project, word error rates."""

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

import jiwer

from providers.stt.decoding import decode

ROOT = Path(__file__).parent.parent.parent
CLIPS = ROOT / "tests" / "fixtures" / "speech"
MATERIAL = ROOT.parent / "shared" / "material"
FRAME_BYTES = 1280  # 40 ms


def answers() -> dict[str, str]:
    """Text of each own clip, by its name without the ending."""
    rows = (CLIPS / "answers.tsv").read_text(encoding="utf-8").splitlines()
    return {name.removesuffix(".flac"): text for name, text in (row.split("\t") for row in rows)}


def clip(name: str) -> bytes:
    """An own clip as PCM16 mono 16 kHz."""
    return pcm_of_file(CLIPS / f"{name}.flac")


def pcm_of_file(path: Path) -> bytes:
    return decode(path.read_bytes(), 600)


def frames(pcm: bytes, size: int = FRAME_BYTES) -> list[bytes]:
    return [pcm[start : start + size] for start in range(0, len(pcm), size)]


def plain(text: str) -> str:
    """Lower case words only, as word error rates are counted."""
    return " ".join(re.sub(r"[^\w' ]", " ", text.lower().replace("10", "ten")).split())


def word_error_rate(pairs: list[tuple[str, str]]) -> float:
    """Over all (spoken, recognised) together."""
    return float(jiwer.wer([plain(spoken) for spoken, _ in pairs], [plain(heard) for _, heard in pairs]))


async def until(condition: Callable[[], bool], *, seconds: float = 60.0) -> None:
    """Wait for what another process does; it has no event to offer."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - see above
            await asyncio.sleep(0.01)
