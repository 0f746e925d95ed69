"""PocketSphinx in real children: what is recognised, and what survives a killed child."""

import asyncio
import os
import signal

import pytest

from providers.base import Capabilities, ProviderError, UnavailableError
from providers.stt import local
from providers.stt.local import ChildSpeechToText
from tests.providers.sound import MATERIAL, answers, clip, frames, pcm_of_file, until, word_error_rate


def broken_engine(options: dict[str, object], **more: float) -> ChildSpeechToText:
    capabilities = Capabilities("broken", frozenset({"en"}), streaming=True, local=True)
    return ChildSpeechToText(capabilities, options, children=1, **more)


async def heard(engine: ChildSpeechToText, pcm: bytes, speaker: str = "") -> str:
    recognition = await engine.open("en", speaker=speaker)
    for frame in frames(pcm):
        recognition.feed(frame)
    return (await recognition.finish()).text


async def test_a_spoken_answer_gives_growing_partial_texts_and_one_final(sphinx):
    partials: list[str] = []
    recognition = await sphinx.open("en", on_partial=partials.append)
    for second in frames(clip("team"), 32_000):
        recognition.feed(second)
        await until(lambda: recognition.backlog_ms == 0)
    transcript = await recognition.finish()
    assert transcript.text == answers()["team"].lower().rstrip(".")
    assert transcript.engine == "pocketsphinx"
    assert transcript.confidence is None
    assert [word.text for word in transcript.words] == transcript.text.split()
    assert all(0 <= word.start_ms < word.end_ms <= 5_000 for word in transcript.words)
    assert len(partials) >= 2
    assert 0 < len(partials[0]) < len(transcript.text)
    assert recognition.backlog_ms == 0
    assert await recognition.finish() is transcript


async def test_how_well_own_clips_are_understood(sphinx):
    pairs = [(text, await heard(sphinx, clip(name), "anna")) for name, text in answers().items()]
    assert word_error_rate(pairs) <= 0.32


@pytest.mark.skipif(not MATERIAL.is_dir(), reason="needs the shared recordings in ../shared/material")
async def test_how_well_strangers_are_understood(sphinx):
    rows = [line.split("\t") for line in (MATERIAL / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()]
    clips = {row[0]: row[3] for row in rows if row[0].startswith("speech/en/")}
    pairs = [(text, await heard(sphinx, pcm_of_file(MATERIAL / name))) for name, text in clips.items()]
    assert len(pairs) == 7
    assert word_error_rate(pairs) <= 0.30


@pytest.mark.parametrize("moment", ["before the first word", "in the middle", "after finish"])
async def test_a_child_killed_in_an_utterance_costs_no_word(sphinx, moment):
    pcm = frames(clip("team"))
    await sphinx.warm()
    recognition = await sphinx.open("en")
    (victim,) = sphinx.pool.pids
    half = 0 if moment == "before the first word" else len(pcm) // 2
    for frame in pcm[:half]:
        recognition.feed(frame)
    if moment == "in the middle":
        await until(lambda: recognition.backlog_ms < 1_000)
    if moment != "after finish":
        os.kill(victim, signal.SIGKILL)
    for frame in pcm[half:]:
        recognition.feed(frame)
    final = asyncio.create_task(recognition.finish())
    if moment == "after finish":
        await asyncio.sleep(0)
        os.kill(victim, signal.SIGKILL)
    assert (await final).text == "i like to work in a small team where people help each other"
    assert sphinx.pool.pids != [victim]
    assert sphinx.pool.open_utterances == 0


async def test_an_utterance_that_sees_three_children_die_is_given_up(sphinx):
    await sphinx.warm()
    recognition = await sphinx.open("en")
    recognition.feed(clip("team"))
    for _ in range(3):
        await until(lambda: sphinx.pool.ready)
        victims = sphinx.pool.pids
        os.kill(victims[0], signal.SIGKILL)
        await until(lambda victims=victims: sphinx.pool.pids != victims)
    with pytest.raises(ProviderError, match="died repeatedly") as failure:
        await recognition.finish()
    assert failure.value.retryable
    assert await heard(sphinx, clip("closing")) != ""


async def test_two_speakers_in_one_child_do_not_mix(sphinx):
    first, second = await sphinx.open("en", speaker="a"), await sphinx.open("en", speaker="b")
    one, two = frames(clip("team")), frames(clip("leak"))
    for number in range(max(len(one), len(two))):
        for recognition, pieces in ((first, one), (second, two)):
            if number < len(pieces):
                recognition.feed(pieces[number])
    texts = [transcript.text for transcript in await asyncio.gather(first.finish(), second.finish())]
    assert texts[0] == "i like to work in a small team where people help each other"
    assert "memory leak in the production system" in texts[1]


async def test_backlog_is_the_audio_not_taken_in_yet(sphinx):
    pcm = clip("team")
    recognition = await sphinx.open("en")
    recognition.feed(pcm)
    assert recognition.backlog_ms == recognition.fed_ms == len(pcm) // 32
    assert sphinx.pool.backlog_ms == recognition.backlog_ms
    await until(lambda: recognition.backlog_ms == 0)
    await recognition.finish()


async def test_cancel_frees_the_utterance_and_the_decoder(sphinx):
    partials: list[str] = []
    for _ in range(8):  # more than a child has decoders
        recognition = await sphinx.open("en", on_partial=partials.append)
        recognition.feed(clip("team")[:32_000])
        recognition.cancel()
        recognition.cancel()
        recognition.feed(b"\0\0")
        with pytest.raises(ProviderError, match="cancelled"):
            await recognition.finish()
    assert sphinx.pool.open_utterances == 0
    assert await heard(sphinx, clip("closing")) != ""
    assert partials == []


async def test_cancel_wakes_who_waits_for_the_final(sphinx):
    recognition = await sphinx.open("en")
    recognition.feed(clip("team"))
    final = asyncio.create_task(recognition.finish())
    await asyncio.sleep(0)
    recognition.cancel()
    with pytest.raises(ProviderError, match="cancelled"):
        await final


async def test_silence_and_nothing_at_all_give_an_empty_text(sphinx):
    assert await heard(sphinx, b"") == ""
    recognition = await sphinx.open("en")
    assert (await recognition.finish()).words == ()


async def test_a_speakers_voice_is_remembered_in_the_pool_not_in_the_child(sphinx):
    await heard(sphinx, clip("team"), "anna")
    _, again = sphinx.pool.open("en", "anna", print)
    _, stranger = sphinx.pool.open("en", "boris", print)
    assert len(again.memory.split(",")) == 13
    assert stranger.memory == ""


async def test_children_run_at_low_priority_and_end_with_the_engine(sphinx):
    await sphinx.warm()
    assert sphinx.loaded
    (pid,) = sphinx.pool.pids
    assert os.getpriority(os.PRIO_PROCESS, pid) >= 10
    recognition = await sphinx.open("en")
    await sphinx.close()
    with pytest.raises(ProviderError, match="stopped"):
        await recognition.finish()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert await heard(sphinx, clip("closing")) != ""


async def test_an_engine_that_cannot_run_says_so(ending):
    engine = ending(broken_engine({"engine": "nonsense"}))
    with pytest.raises(UnavailableError, match="no engine 'nonsense'"):
        await engine.warm()
    with pytest.raises(UnavailableError):
        await engine.open("en")


async def test_an_utterance_that_waits_for_such_an_engine_fails_too(ending):
    engine = ending(broken_engine({"engine": "nonsense"}))
    recognition = await engine.open("en")
    recognition.feed(b"\0\0")
    with pytest.raises(UnavailableError):
        await recognition.finish()


async def test_a_hanging_child_is_killed_and_its_work_done_again(ending):
    engine = ending(local.pocketsphinx(children=1, stall_s=3.0))
    await engine.warm()
    (victim,) = engine.pool.pids
    os.kill(victim, signal.SIGSTOP)
    assert await heard(engine, clip("team")) == "i like to work in a small team where people help each other"
    assert engine.pool.pids != [victim]


async def test_another_language_is_refused(sphinx):
    with pytest.raises(ProviderError, match="does not recognise 'ru'") as refused:
        await sphinx.open("ru")
    assert not refused.value.retryable


def test_children_of_a_closed_loop_are_ended():
    engine = local.pocketsphinx(children=1)

    async def start() -> int:
        await engine.warm()
        return engine.pool.pids[0]

    pid = asyncio.run(start())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
