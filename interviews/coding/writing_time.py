"""One time line of a document's writing, from two clocks that both fail.

The editor's clock (`t_ms`) begins anew with each reload and on each device; the interview's wall clock stands still
while nobody is connected, though a candidate may go on writing then, and knows only when a batch of events arrived.
"""

from collections.abc import Sequence
from typing import NamedTuple

LATEST_MS = 2**31 - 1
# More wall time than editor time between two batches, and beyond what a network delays, means another clock.
SLACK_MS = 5_000


class Moment(NamedTuple):
    """An operation's time, in milliseconds: by the editor, by the wall when its batch arrived, on the time line."""

    t_ms: int
    wall_ms: int
    at_ms: int


def place(times: Sequence[int], wall_ms: int, before: Moment | None) -> list[Moment]:
    """The moments of a batch's operations, by their `t_ms`, after the operation `before` them.

    The line begins on the wall clock, never goes back, and keeps the distances that the editor measured.
    """
    if not times:
        return []
    if before is not None and _same_clock(times, wall_ms, before):
        at, last = before.at_ms, before.t_ms
    else:
        passed = wall_ms - (before.wall_ms if before is not None else 0) - max(0, times[-1] - times[0])
        at, last = (before.at_ms if before is not None else 0) + max(0, passed), times[0]
    moments = []
    for t_ms in times:
        at = min(LATEST_MS, at + max(0, t_ms - last))
        last = t_ms
        moments.append(Moment(t_ms, wall_ms, at))
    return moments


def _same_clock(times: Sequence[int], wall_ms: int, before: Moment) -> bool:
    return times[0] >= before.t_ms and wall_ms - before.wall_ms <= times[-1] - before.t_ms + SLACK_MS
