"""Times of the interview's wall clock on the time line of a document's writing.

The two part where a candidate wrote without a connection: the wall clock stood still, the editor's did not.
"""

from bisect import bisect_right
from dataclasses import dataclass

from django.db.models import Max

from interviews.models import CodeDocument


@dataclass(frozen=True, slots=True)
class Placing:
    """`anchors`: when each batch of operations came, and the place of its last one, in order."""

    anchors: tuple[tuple[int, int], ...]

    def place(self, wall_ms: int) -> int:
        """Between two batches the line goes on from the earlier one, but not beyond the later."""
        after = bisect_right(self.anchors, (wall_ms, 2**31))
        if not self.anchors:
            return wall_ms
        if after == 0:
            wall, at = self.anchors[0]
            return max(0, at - (wall - wall_ms))
        wall, at = self.anchors[after - 1]
        found = at + wall_ms - wall
        return found if after == len(self.anchors) else min(found, self.anchors[after][1])


def placing_of(document: CodeDocument) -> Placing:
    """One query, one row a batch."""
    rows = document.operations.order_by("wall_ms").values_list("wall_ms").annotate(at=Max("at_ms"))
    return Placing(tuple((wall_ms, at) for wall_ms, at in rows))
