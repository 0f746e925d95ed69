"""Files that a browser plays."""

from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from interviews.domain.recording import encoding, placing
from tests.interviews.recording.journals import FACE, cut, heard, opened, said, shown, spoken


def test_sound_is_lossless_and_silent_where_nothing_was_said(tmp_path: Path) -> None:
    file, records = opened(said(1040, level=11), said(1080, level=22), said(3080, level=33))
    encoding.sound(file, placing.candidate(records), tmp_path / "a.flac")
    rate, samples = heard(tmp_path / "a.flac")
    assert (rate, len(samples)) == (16_000, 2080 * 16)
    assert [int(samples[ms * 16]) for ms in (0, 39, 40, 79, 80, 2039, 2040, 2079)] == [11, 11, 22, 22, 0, 0, 33, 33]


def test_a_voice_keeps_its_rate_and_ends_where_it_was_cut(tmp_path: Path) -> None:
    file, records = opened(spoken(0, 400, level=5, rate=22_050), cut(300), spoken(1000, 100, level=7, rate=22_050))
    encoding.sound(file, placing.interviewer(records), tmp_path / "a.flac")
    rate, samples = heard(tmp_path / "a.flac")
    assert (rate, len(samples)) == (22_050, 22_050 * 1100 // 1000)
    assert [int(samples[ms * 22_050 // 1000]) for ms in (0, 299, 301, 999, 1001)] == [5, 5, 0, 0, 7]


def test_a_voice_that_took_over_is_brought_to_the_first_ones_rate(tmp_path: Path) -> None:
    file, records = opened(spoken(0, 400, rate=16_000), spoken(400, 400, rate=24_000))
    encoding.sound(file, placing.interviewer(records), tmp_path / "a.flac")
    rate, samples = heard(tmp_path / "a.flac")
    assert (rate, len(samples)) == (16_000, pytest.approx(800 * 16, abs=32))


def test_a_clip_of_nothing_is_left_out(tmp_path: Path) -> None:
    file, records = opened(said(1040, level=11))
    clips = placing.candidate(records)
    encoding.sound(file, [clips[0]._replace(samples=0), *clips], tmp_path / "a.flac")
    assert [int(level) for level in np.unique(heard(tmp_path / "a.flac")[1])] == [11]


def frames_of(path: Path) -> list[tuple[float, int, int]]:
    with av.open(str(path)) as container:
        return [(float(frame.time or 0), frame.width, frame.height) for frame in container.decode(video=0)]


def test_frames_are_shown_when_they_came(tmp_path: Path) -> None:
    file, records = opened(shown(5000), shown(6000), shown(7500))
    assert encoding.video(file, records, tmp_path / "a.webm") == (5000, 8500)
    assert frames_of(tmp_path / "a.webm") == [(0, 640, 480), (1.0, 640, 480), (2.5, 640, 480), (3.5, 640, 480)]


def test_what_is_no_picture_is_left_out(tmp_path: Path) -> None:
    file, records = opened(shown(0, b"\xff\xd8 no"), shown(1000), shown(2000, FACE.read_bytes()[:9000] * 200))
    assert encoding.video(file, records, tmp_path / "a.webm") == (1000, 2000)


def test_without_any_picture_there_is_no_file(tmp_path: Path) -> None:
    file, records = opened(shown(0, b"nothing"))
    assert encoding.video(file, records, tmp_path / "a.webm") is None
    assert list(tmp_path.iterdir()) == []


def test_a_camera_that_is_turned_on_its_side_is_fitted(tmp_path: Path) -> None:
    file, records = opened(shown(0, jpeg_of(1080, 1920)), shown(1000, jpeg_of(200, 101)))
    encoding.video(file, records, tmp_path / "a.webm")
    assert {(width, height) for _, width, height in frames_of(tmp_path / "a.webm")} == {(360, 640)}


def jpeg_of(width: int, height: int) -> bytes:
    import cv2

    pixels = np.full((height, width, 3), 90, np.uint8)
    return bytes(cv2.imencode(".jpg", pixels)[1])


def test_no_video_is_longer_than_a_minute() -> None:
    _file, records = opened(*[shown(number * 1000, b"x") for number in range(150)], said(3))
    stretches = list(encoding.stretches(records))
    assert [len(stretch) for stretch in stretches] == [60, 60, 30]
    assert all(one[-1].wall_ms < other[0].wall_ms for one, other in pairwise(stretches))
