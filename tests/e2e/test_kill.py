"""`kill -9` in the middle of interviews: everybody comes back to where they were, and nobody is asked twice."""

from collections.abc import Callable

import pytest

from tests.e2e.candidate import Candidate, candidates, recorded, until, word_error_rate
from tests.e2e.seed import guests
from tests.server import LiveServer

Start = Callable[..., LiveServer]
LIMIT = 8  # seconds: what was not checkpointed, every 5 s, is given back
CODE = "# café 😀\n"


async def introduces_themselves(candidate: Candidate) -> None:
    await candidate.enter(input="text")
    await candidate.line.next("interview_message", kind="prompt")
    await candidate.write("I build services.")

    async def stored() -> bool:
        return await candidate.said() == ["I build services."]

    await until(stored, "the first words in the transcript")


async def is_asked_the_second_question(candidate: Candidate) -> None:
    await candidate.enter(input="text")
    await candidate.answer(await candidate.introduce())


async def writes_code(candidate: Candidate) -> None:
    await candidate.enter(input="text")
    task = (await candidate.reach_the_task())["task"]
    length = len(task["starter"]["python"].encode("utf-16-le")) // 2
    for number, change in enumerate(([[0, "# café 😀", ""], length], [length + 10, [0, "pass"]])):
        event = {"t_ms": 1000 * number, "changes": change}
        await candidate.line.send(
            "editor_events", task_id=task["task_id"], base_seq=number, events=[event], language="python"
        )
        assert (await candidate.line.next("editor_ack"))["seq"] == number + 1


@pytest.mark.storage
async def test_a_killed_server_in_each_phase(start_server: Start) -> None:
    server = start_server("--no-children", STT_PROVIDER="none")
    async with candidates(server, guests(server, 5)) as everybody:
        waiting, opening, intro, question, code = everybody
        await introduces_themselves(intro)
        await is_asked_the_second_question(question)
        await writes_code(code)
        await waiting.call()
        await opening.call()
        await opening.ask(input="text")
        await opening.line.next("stream_created")
        server.kill()
        left = {id(one): one.seconds_left for one in everybody}
        assert [await one.line.closed() for one in everybody] == [1006] * 5
        server.start()

        for one in everybody:
            before = one.prompt if one.told else None
            created = await one.enter(input="text")
            assert created["resumed"] is (one in (intro, question, code)) or one is opening
            if before is None:
                await one.line.next("interview_message", kind="prompt")
            else:
                state = created["state"]
                assert (state["phase"], state["question_number"]) == (before["phase"], before["question_number"])
                assert one.prompt == before
                assert -2 <= state["seconds_left"] - left[id(one)] <= LIMIT

        task = code.prompt["task"]
        assert code.entered["state"]["task"]["task_id"] == task["task_id"]
        assert code.entered["state"]["code"]["text"] == CODE + task["starter"]["python"] + "pass"
        assert (await question.answer(question.prompt))["question_number"] == 3
        await intro.write("That's all.")
        await intro.line.next("interview_message", kind="question", question_number=1)
        assert (await intro.said()) == ["I build services.", "That's all."]
        for one in everybody:
            await one.check_nothing_lost_nothing_twice()


@pytest.mark.storage
async def test_a_page_that_was_reloaded_is_told_the_prompt_again_under_its_number(start_server: Start) -> None:
    """After the kill it knows no `last_seq`."""
    server = start_server("--no-children", STT_PROVIDER="none")
    async with candidates(server, guests(server, 1)) as (candidate,):
        await is_asked_the_second_question(candidate)
        before = candidate.prompt
        server.kill()
        await candidate.line.closed()
        server.start()
        await candidate.enter(input="text", last_seq=None)
        again = await candidate.line.next("interview_message")
        assert again == {**before, "repeat": True, "utterance_id": again["utterance_id"]}


async def test_words_that_were_cut_by_the_kill_are_in_the_transcript_once(start_server: Start) -> None:
    """The client sends the audio again that came after the last `acked_n`."""
    server = start_server("--without", "celery", "--without", "proctoring", STT_PROVIDER="pocketsphinx")
    async with candidates(server, guests(server, 1)) as (candidate,):
        await candidate.enter()
        await candidate.line.next("interview_message", kind="prompt")
        await candidate.speak(recorded("introduction"))
        await candidate.line.next("asr_result", final=True)
        cut = recorded("queue")
        await candidate.speak(cut[: len(cut) // 2])
        await candidate.line.next("asr_result", final=False)
        server.kill()
        await candidate.line.closed()
        for frame in cut[len(cut) // 2 :]:  # nobody hears it, but the client keeps it
            candidate.frames.append(frame)
        server.start()

        assert 0 < candidate.acked < len(candidate.frames) - len(cut)
        await candidate.enter()
        await candidate.speak_again()
        await candidate.line.next("asr_result", final=True)
        said = await candidate.said()
        assert len(said) == 2
        assert word_error_rate(["introduction", "queue"], " ".join(said)) <= 0.35
        assert candidate.acked >= len(candidate.frames) - len(cut) // 2
        await candidate.check_nothing_lost_nothing_twice()
