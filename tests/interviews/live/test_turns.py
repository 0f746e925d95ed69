"""120 answers with pauses to think, in four languages: few are cut into, and their ends are noticed soon."""

from statistics import median

import pytest

from bench.turns import CUT_INS, MEDIAN_S, cut_ins, waits
from bench.turns_answers import speakers
from bench.turns_interview import Interview, run


def test_few_answers_are_cut_into_and_their_end_is_noticed_soon() -> None:
    heard = run(seed=1)
    assert len(heard) == 120
    assert cut_ins(heard) <= CUT_INS
    assert median(waits(heard)) <= MEDIAN_S


def test_every_answer_has_a_pause_to_think_inside_a_sentence() -> None:
    answers = [answer for some in speakers() for answer in some]
    assert {answer.language for answer in answers} == {"en", "zh-hans", "ru", "ko"}
    assert all(max(answer.pauses.values()) >= 300 for answer in answers)
    assert max(max(answer.pauses.values()) for answer in answers) > 2_900


def test_how_long_recognition_takes_changes_no_decision_that_waits_for_it() -> None:
    """The endpoint lies at a place in the audio: a slow recogniser delays it, and moves it nowhere."""
    quick, slow = ([one.wait_s is None for one in run(seed=2, delay_s=delay)] for delay in (0.05, 0.6))
    assert quick == slow


async def test_a_finished_answer_can_be_acknowledged_within_half_a_second() -> None:
    (answer, *_), *_ = speakers()
    interview = Interview("en", 2, delay_s=0.3)
    await interview.begin()
    heard = await interview.give(answer)
    assert heard.wait_s is not None
    assert 0.40 <= heard.wait_s <= 0.48


@pytest.mark.parametrize("speed", [8, 64])
async def test_faster_than_real_time_gives_the_same_turns(speed: float) -> None:
    told = []
    for times in (1, speed):
        interview = Interview("ru", 9, delay_s=0.3)
        await interview.begin()
        for answers in list(speakers(3))[4:6]:
            for answer in answers[:3]:
                await interview.stream(answer, silence_ms=4_400, speed=times)
        told.append((interview.state.pauses, interview.clock.audio_ms, [turn.answer for turn in interview.turns]))
    assert told[0] == told[1]
    assert len(told[0][2]) == 7
