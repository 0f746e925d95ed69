"""Sound that is made before it is needed."""

from interviews.live.prepared import MOST_LINES_BYTES, MOST_NEXT_BYTES, Prepared
from providers.base import ProviderError
from providers.tts.scripted import ScriptedTextToSpeech

NEXT = "Thank you very much. What would you look at first of all?"


def voice(**options: object) -> ScriptedTextToSpeech:
    return ScriptedTextToSpeech(local=False, **options)  # type: ignore[arg-type]


async def spoken(prepared: Prepared, text: str) -> bytes:
    return b"".join([pcm async for pcm in prepared.stream(text)])


async def test_what_was_prepared_is_made_once_and_sounds_the_same() -> None:
    tts = voice()
    prepared = Prepared(tts, "en")
    await prepared.lines(["I see."])
    await prepared.next(NEXT)
    texts = ("I see.", "Thank you very much. ", "I see.")
    whole = [await spoken(prepared, text) for text in texts]
    assert tts.spoken == ["I see.", "Thank you very much.", "What would you look at first of all?"]
    assert whole == [await spoken(Prepared(voice(), "en"), text) for text in texts]


async def test_only_the_newest_guess_is_kept() -> None:
    tts = voice()
    prepared = Prepared(tts, "en")
    await prepared.next("Something else.")
    await prepared.next("And now this.")
    tts.spoken.clear()
    await spoken(prepared, "Something else.")
    assert tts.spoken == ["Something else."]


async def test_memory_is_bounded() -> None:
    prepared = Prepared(voice(), "en")
    await prepared.lines(f"Thank you, number {number}." for number in range(100))
    await prepared.next("A rather long sentence that takes quite a while. " * 50)
    assert 0 < prepared.size <= MOST_LINES_BYTES + MOST_NEXT_BYTES


async def test_nothing_is_prepared_for_a_voice_of_this_machine() -> None:
    tts = ScriptedTextToSpeech()
    prepared = Prepared(tts, "en")
    await prepared.lines(["I see."])
    await prepared.next(NEXT)
    assert (tts.spoken, prepared.size) == ([], 0)


async def test_a_voice_that_fails_prepares_nothing() -> None:
    prepared = Prepared(voice(error=ProviderError("gone", retryable=True)), "en")
    await prepared.lines(["I see."])
    assert prepared.size == 0
