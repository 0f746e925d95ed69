from collections import deque


def solve(text: str) -> str:
    head, *grid = text.splitlines()
    rows, columns = map(int, head.split())
    seen = {(0, 0, 0)}
    queue = deque([(0, 0, 0, 0)])
    while queue:
        row, column, broken, steps = queue.popleft()
        if (row, column) == (rows - 1, columns - 1):
            return str(steps)
        for down, right in ((0, 1), (1, 0), (0, -1), (-1, 0)):
            r, c = row + down, column + right
            if not (0 <= r < rows and 0 <= c < columns):
                continue
            state = (r, c, broken + (grid[r][c] == "#"))
            if state[2] <= 1 and state not in seen:
                seen.add(state)
                queue.append((*state, steps + 1))
    return "-1"
