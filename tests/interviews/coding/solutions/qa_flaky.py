from collections import Counter, defaultdict


def solve(text: str) -> str:
    outcomes: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    runs: Counter[str] = Counter()
    failures: Counter[str] = Counter()
    for line in text.splitlines():
        commit, test, outcome = line.split()
        outcomes[test][commit].add(outcome)
        runs[test] += 1
        failures[test] += outcome == "fail"
    flaky = {test: sum(len(seen) == 2 for seen in commits.values()) for test, commits in outcomes.items()}
    rows = [(-(100 * failures[test] // runs[test]), test, count) for test, count in flaky.items() if count]
    return "\n".join(f"{test} {count} {-share}" for share, test, count in sorted(rows)) or "stable"
