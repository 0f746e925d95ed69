def solve(text: str) -> str:
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for line in text.splitlines():
        run, name, status = line.split()
        (before if run == "before" else after)[name] = status
    both = before.keys() & after.keys()
    groups = {
        "broken": {name for name in both if before[name] != "fail" and after[name] == "fail"},
        "fixed": {name for name in both if before[name] == "fail" and after[name] == "pass"},
        "new": after.keys() - before.keys(),
        "gone": before.keys() - after.keys(),
    }
    return "\n".join(" ".join([word, *sorted(names)]) for word, names in groups.items())
