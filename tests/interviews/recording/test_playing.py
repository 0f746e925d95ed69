"""The pieces beside the transcript."""

from interviews.domain.recording import playing
from interviews.domain.recording.playing import Heard
from interviews.models import RecordingPiece


def piece(
    side: str = "candidate", turn: int = 1, start: int = 0, end: int = 10_000, marks: object = None
) -> RecordingPiece:
    return RecordingPiece(
        pk=7, interview_id=5, side=side, turn_number=turn, start_ms=start, end_ms=end, marks=marks or []
    )


def row(number: int, *utterances: dict[str, object]) -> dict[str, object]:
    return {"number": number, "utterances": list(utterances)}


def test_an_utterance_is_found_by_the_clock_of_its_piece() -> None:
    pieces = [piece(start=1_000, marks=[[500, 0], [500, 4_000]])]
    assert playing.heard(pieces, 700, 1_500) == Heard(5_200, 6_000)


def test_what_was_said_over_the_voice_is_heard_before_the_clock_goes_on() -> None:
    pieces = [piece(start=1_000, end=30_000, marks=[[500, 0], [700, 3_000]])]
    assert playing.heard(pieces, 700, 700) == Heard(1_000, 4_000)
    pieces = [piece(start=1_000, end=30_000, marks=[[500, 0], [700, 20_000]])]
    assert playing.heard(pieces, 700, 700) == Heard(11_000, 21_000)


def test_after_a_reconnect_it_is_found_in_the_later_piece() -> None:
    pieces = [piece(start=0, end=3_000, marks=[[0, 0]]), piece(start=8_000, marks=[[3_000, 100]])]
    assert playing.heard(pieces, 3_500, 4_000) == Heard(8_600, 9_100)
    assert playing.heard(pieces, 2_000, 2_500) == Heard(2_000, 2_500)


def test_what_was_not_recorded_is_nowhere() -> None:
    assert playing.heard([piece(marks=[[500, 0]])], 400, 600) is None
    assert playing.heard([piece(end=1_000, marks=[[0, 0]])], 1_100, 1_200) is None
    assert playing.heard([], 1, 2) is None


def test_each_turn_has_its_pieces() -> None:
    said = {"source": "voice", "start_ms": 0, "end_ms": 40}
    pieces = [piece(turn=2, marks=[[0, 0]]), piece("camera", 2), piece("interviewer", 3)]
    rows = playing.beside([row(1, said), row(2, said, said | {"source": "text"})], pieces)
    assert [[one["side"] for one in turn["recording"]] for turn in rows] == [[], ["candidate", "camera"]]
    assert [[said["heard"] for said in turn["utterances"]] for turn in rows] == [[None], [Heard(0, 40), None]]
    assert rows[1]["recording"][0]["address"] == "/api/v1/interviews/5/recording/7/"
