"""Engines with children, ended after each test."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from providers.stt import local
from providers.stt.local import ChildSpeechToText
from tests.providers.stt import tiny_whisper

Engines = Callable[[ChildSpeechToText], ChildSpeechToText]


@pytest.fixture
async def ending() -> AsyncIterator[Engines]:
    """Gives an engine back and closes it when the test is over."""
    engines: list[ChildSpeechToText] = []

    def keep(engine: ChildSpeechToText) -> ChildSpeechToText:
        engines.append(engine)
        return engine

    yield keep
    for engine in engines:
        await engine.close()


@pytest.fixture
def sphinx(ending: Engines) -> ChildSpeechToText:
    return ending(local.pocketsphinx(children=1))


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_whisper.write(tmp_path_factory.mktemp("models") / "whisper-tiny.en")


@pytest.fixture
def whisper(ending: Engines, tiny_model: Path) -> ChildSpeechToText:
    return ending(local.whisper(tiny_model, name="whisper-tiny.en", children=1))
