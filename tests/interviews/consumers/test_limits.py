from interviews.consumers.limits import AudioSpeed, Pace

SECOND = 32_000


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def run(speeds: list[float]) -> int | None:
    """Seconds until a client that sends so many times real time is cut; None: never."""
    clock = Clock()
    speed = AudioSpeed(8, clock)
    for second, rate in enumerate(speeds):
        clock.now = 100.0 + second
        if any(speed.too_fast(int(rate * SECOND / 10)) for _ in range(10)):
            return second
    return None


def test_ten_seconds_above_the_limit_are_too_fast() -> None:
    assert run([8.1] * 20) == 10


def test_at_the_limit_nothing_happens() -> None:
    assert run([8] * 100) is None


def test_a_short_burst_is_free_however_large() -> None:
    assert run([60, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]) is None


def test_a_slower_second_begins_the_count_anew() -> None:
    assert run([9] * 9 + [1] + [9] * 9 + [1] + [9] * 20) == 30


def test_a_second_without_audio_begins_the_count_anew() -> None:
    assert run([9] * 9 + [0] + [9] * 9) is None


def test_requests_wait_only_where_they_come_too_fast_for_long() -> None:
    clock = Clock()
    pace = Pace(clock)
    assert [round(pace.wait_s(), 3) for _ in range(50)] == [0.0] * 50
    assert [round(pace.wait_s(), 3) for _ in range(3)] == [0.2, 0.4, 0.6]
    clock.now += 1.6
    assert [round(pace.wait_s(), 3) for _ in range(6)] == [0.0, 0.0, 0.0, 0.0, 0.0, 0.2]


def test_who_asks_seldom_never_waits() -> None:
    clock = Clock()
    pace = Pace(clock)
    for _ in range(1_000):
        clock.now += 0.25
        assert pace.wait_s() == 0.0
