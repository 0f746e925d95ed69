"""One frame of an interview in flight, the latest one next."""

from hypothesis import given
from hypothesis import strategies as st

from proctoring.domain.latest import Frame, LatestFrames


def frame(interview_id: int, at_ms: int = 0) -> Frame:
    return Frame(interview_id, b"jpeg", at_ms)


def test_a_frame_is_sent_and_answered() -> None:
    frames = LatestFrames(limit=2)
    assert frames.take(0.0) is None
    frames.offer(frame(7))
    assert frames.take(0.0) == (1, frame(7))
    assert frames.in_flight == 1
    assert frames.answered(1) == frame(7)
    assert (frames.in_flight, frames.answered(1), frames.dropped) == (0, None, 0)


def test_the_latest_waiting_frame_replaces_older_ones() -> None:
    frames = LatestFrames(limit=2)
    for at_ms in range(5):
        frames.offer(frame(7, at_ms))
    assert frames.take(0.0) == (1, frame(7, 4))
    assert (frames.take(0.0), frames.dropped) == (None, 4)


def test_an_interview_never_has_two_in_flight() -> None:
    frames = LatestFrames(limit=5)
    frames.offer(frame(7, 0))
    assert frames.take(0.0) == (1, frame(7, 0))
    frames.offer(frame(7, 1))
    frames.offer(frame(7, 2))
    assert frames.take(0.0) is None
    frames.answered(1)
    assert frames.take(0.0) == (2, frame(7, 2))
    assert frames.dropped == 1


def test_who_waits_longest_comes_first_even_with_a_newer_frame() -> None:
    frames = LatestFrames(limit=3)
    for interview_id, at_ms in ((1, 0), (2, 0), (3, 0), (1, 1)):
        frames.offer(frame(interview_id, at_ms))
    assert [frames.take(0.0) for _ in range(4)] == [(1, frame(1, 1)), (2, frame(2)), (3, frame(3)), None]


def test_the_limit_holds_for_all_together() -> None:
    frames = LatestFrames(limit=2)
    for interview_id in range(3):
        frames.offer(frame(interview_id))
    assert [frames.take(0.0) is None for _ in range(3)] == [False, False, True]
    frames.answered(1)
    assert frames.take(0.0) == (3, frame(2))


def test_frames_without_an_answer_are_given_up() -> None:
    frames = LatestFrames(limit=2)
    frames.offer(frame(1))
    frames.take(10.0)
    frames.offer(frame(2))
    frames.take(11.0)
    assert frames.lose(sent_before=11.0) == 1
    assert (frames.in_flight, frames.dropped, frames.answered(1)) == (1, 1, None)
    assert frames.lose() == 1
    assert (frames.in_flight, frames.dropped) == (0, 2)


def test_nobody_watches_any_more() -> None:
    frames = LatestFrames(limit=2)
    frames.offer(frame(1))
    frames.forget(1)
    frames.forget(1)
    assert (frames.take(0.0), frames.dropped) == (None, 1)


@given(st.lists(st.tuples(st.sampled_from(["offer", "take", "answer", "lose"]), st.integers(1, 4)), max_size=80))
def test_every_frame_is_answered_dropped_waiting_or_in_flight(steps: list[tuple[str, int]]) -> None:
    frames, offered, answered, tickets = LatestFrames(limit=2), 0, 0, []
    for number, (step, interview_id) in enumerate(steps):
        if step == "offer":
            frames.offer(frame(interview_id, number))
            offered += 1
        elif step == "take" and (taken := frames.take(float(number))):
            tickets.append(taken)
            assert taken[1].interview_id not in {other.interview_id for _ticket, other in tickets[:-1]}
        elif step == "answer" and tickets:
            answered += frames.answered(tickets.pop(0)[0]) is not None
        elif step == "lose":
            frames.lose()
            tickets.clear()
        assert frames.in_flight == len(tickets) <= 2
    waiting = 0
    frames.lose()
    while (taken := frames.take(0.0)) is not None:
        waiting += 1
        frames.answered(taken[0])
    assert offered == answered + frames.dropped + waiting
