"""Which engine an installation gets for which settings."""

import pytest

from providers import factory
from providers.factory import SpeechSettings
from tests.providers.sound import clip

LANGUAGES = ("en", "ko", "ru", "zh-hans")


@pytest.fixture(autouse=True)
async def closing():
    yield
    await factory.close()


@pytest.fixture
def settings(tmp_path):
    def settings(**given) -> SpeechSettings:
        return SpeechSettings(cache_dir=tmp_path, children=1, **given)

    return settings


def with_model(tmp_path, name="base"):
    folder = tmp_path / f"whisper-{name}"
    folder.mkdir()
    for file in ("model.bin", "config.json", "tokenizer.json"):
        (folder / file).write_text("{}")


def recognisers(settings) -> dict[str, str | None]:
    engines = {language: factory.build_stt(settings, language) for language in LANGUAGES}
    return {language: engine.name if engine else None for language, engine in engines.items()}


NOBODY = dict.fromkeys(LANGUAGES)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, {**NOBODY, "en": "pocketsphinx"}),
        ({"stt_provider": "none"}, NOBODY),
        ({"stt_provider": "pocketsphinx", "openai_api_key": "k"}, {**NOBODY, "en": "pocketsphinx"}),
        ({"stt_provider": "whisper"}, {**NOBODY, "en": "pocketsphinx"}),
        ({"openai_api_key": "k"}, dict.fromkeys(LANGUAGES, "openai")),
        ({"openai_base_url": "http://h/v1"}, {**dict.fromkeys(LANGUAGES, "openai"), "en": "pocketsphinx"}),
        ({"stt_provider": "openai", "openai_base_url": "http://h/v1"}, dict.fromkeys(LANGUAGES, "openai")),
    ],
)
def test_recognisers_without_a_whisper_model(settings, given, expected):
    assert recognisers(settings(**given)) == expected


def test_a_whisper_model_is_used_as_soon_as_it_is_there(settings, tmp_path):
    before = recognisers(settings())
    with_model(tmp_path)
    assert before == {**NOBODY, "en": "pocketsphinx"}
    assert recognisers(settings()) == dict.fromkeys(LANGUAGES, "whisper-base")


def test_an_english_whisper_model_leaves_the_others_to_typing(settings, tmp_path):
    with_model(tmp_path, "base.en")
    assert recognisers(settings(whisper_model="base.en")) == {**NOBODY, "en": "whisper-base.en"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, "espeak-ng"),
        ({"tts_provider": "edge"}, "edge-tts"),
        ({"tts_provider": "openai"}, "openai"),
        ({"tts_provider": "elevenlabs", "elevenlabs_api_key": "k"}, "elevenlabs"),
        ({"openai_api_key": "k"}, "openai"),
        ({"elevenlabs_api_key": "k"}, "elevenlabs"),
        ({"elevenlabs_api_key": "k", "openai_api_key": "k"}, "elevenlabs"),
        ({"elevenlabs_api_key": "k", "tts_provider": "espeak"}, "espeak-ng"),
        ({"openai_api_key": "k", "openai_base_url": "http://h/v1"}, "espeak-ng"),
        ({"openai_api_key": "k", "tts_provider": "espeak"}, "espeak-ng"),
    ],
)
def test_voices(settings, given, expected):
    voices = [factory.build_tts(settings(**given), language) for language in LANGUAGES]
    assert [voice and voice.name for voice in voices] == [expected] * 4


def test_no_voice_when_none_is_wanted(settings):
    assert factory.build_tts(settings(tts_provider="none"), "en") is None


async def test_a_chosen_server_that_is_away_is_followed_by_espeak(settings, closed_port):
    notices = []
    chosen = settings(tts_provider="openai", openai_base_url=closed_port)
    voice = factory.build_tts(chosen, "en", notices.append)
    chunks = [chunk async for chunk in voice.stream("Hello.", "en")]
    assert sum(map(len, chunks)) > 10_000
    assert [(notice.failed, notice.chosen) for notice in notices] == [("openai", "espeak-ng")]
    # What failed for one session is known to the next.
    assert factory.build_tts(chosen, "en").name == "espeak-ng"


async def test_a_chosen_recogniser_that_is_away_is_followed_by_pocketsphinx(settings, closed_port):
    engine = factory.build_stt(settings(stt_provider="openai", openai_base_url=closed_port), "en")
    recognition = await engine.open("en")
    recognition.feed(clip("team"))
    transcript = await recognition.finish()
    assert transcript.text == "i like to work in a small team where people help each other"
    assert transcript.engine == "pocketsphinx"


async def test_sessions_share_the_children(settings):
    await factory.prepare(settings(fetch_models=False))
    status = factory.status(settings(fetch_models=False))
    assert status["stt.pocketsphinx"] == {"provider": "pocketsphinx", "loaded": True, "ready": True, "detail": ""}
    await factory.close()
    assert not factory.status(settings(fetch_models=False))["stt.pocketsphinx"]["loaded"]


def test_status_says_what_is_in_use_and_what_is_missing(settings):
    status = factory.status(settings())
    assert status["speech_to_text"] == {
        "provider": "pocketsphinx",
        "loaded": True,
        "ready": False,
        "detail": "No engine for: ko, ru, zh-hans.",
        "languages": {**NOBODY, "en": "pocketsphinx"},
    }
    assert status["text_to_speech"]["languages"] == dict.fromkeys(LANGUAGES, "espeak-ng")
    assert status["text_to_speech"]["ready"]
    assert status["stt.pocketsphinx"]["loaded"] is False
    assert status["stt.whisper"]["ready"] is False
    assert "Put it into whisper-base under MODEL_CACHE_DIR" in status["stt.whisper"]["detail"]
    assert "OPENAI_API_KEY" in status["stt.openai"]["detail"]
    assert status["tts.edge"]["ready"] is False


def test_a_key_never_shows_in_the_status(settings):
    assert "hush" not in repr(factory.status(settings(openai_api_key="hush")))
