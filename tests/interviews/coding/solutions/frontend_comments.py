from collections import defaultdict


def solve(text: str) -> str:
    rows = [line.split() for line in text.splitlines()]
    known = {row[0] for row in rows}
    answers: dict[str, list[list[str]]] = defaultdict(list)
    for row in rows:
        answers[row[1] if row[1] in known else "0"].append(row)
    lines: list[str] = []
    stack = [(0, row) for row in order(answers["0"])]
    while stack:
        depth, (key, _parent, votes, author) = stack.pop()
        lines.append(f"{'  ' * depth}{author} ({votes})")
        stack += [(depth + 1, row) for row in order(answers[key])]
    return "\n".join(lines)


def order(rows: list[list[str]]) -> list[list[str]]:
    """The last is shown first."""
    return sorted(rows, key=lambda row: (int(row[2]), -int(row[0])))
