from collections import defaultdict, deque


def solve(text: str) -> str:
    head, *lines = text.splitlines()
    most, window = map(int, head.split())
    accepted: dict[str, deque[int]] = defaultdict(deque)
    answers = []
    for line in lines:
        time, user = line.split()
        times = accepted[user]
        while times and times[0] <= int(time) - window:
            times.popleft()
        answers.append("allow" if len(times) < most else "deny")
        if len(times) < most:
            times.append(int(time))
    return "\n".join(answers)
