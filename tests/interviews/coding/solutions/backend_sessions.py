from collections import defaultdict
from itertools import pairwise


def solve(text: str) -> str:
    head, *lines = text.splitlines()
    visits: dict[str, list[int]] = defaultdict(list)
    for line in lines:
        time, user = line.split()
        visits[user].append(int(time))
    return "\n".join(f"{user} {describe(sorted(times), int(head))}" for user, times in sorted(visits.items()))


def describe(times: list[int], gap: int) -> str:
    lengths, begin = [], times[0]
    for before, after in pairwise(times):
        if after - before > gap:
            lengths.append(before - begin)
            begin = after
    lengths.append(times[-1] - begin)
    return f"{len(lengths)} {max(lengths)}"
