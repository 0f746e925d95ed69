def solve(text: str) -> str:
    numbers = [int(word) for word in text.split()][1:]
    # An end comes before a start of the same time.
    changes = sorted([(time, 1) for time in numbers[::2]] + [(time, -1) for time in numbers[1::2]])
    most = used = when = 0
    for time, change in changes:
        used += change
        if used > most:
            most, when = used, time
    return f"{most} {when}"
