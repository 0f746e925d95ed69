def solve(text: str) -> str:
    states: list[str] = [""]
    redo: list[str] = []
    for line in text.splitlines():
        command, _, argument = line.partition(" ")
        if command in {"type", "erase"}:
            now = states[-1]
            states.append(now + argument if command == "type" else now[: max(0, len(now) - int(argument))])
            redo = []
        elif command == "undo" and len(states) > 1:
            redo.append(states.pop())
        elif command == "redo" and redo:
            states.append(redo.pop())
    return states[-1] or "(empty)"
