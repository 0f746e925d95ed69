"""Fingerprints see through names, comments and layout, and not through another idea."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.coding import similarity
from interviews.coding.similarity import GRAM, WINDOW, common, fingerprints, likeness, tokens

LOOP = """
def solve(rows, limit):
    # the sum of what is below the limit
    best = {}
    for row in rows:
        if row.weight < limit and row.name not in best:
            best[row.name] = row.weight * 2 + 1
        elif row.weight == limit:
            best[row.name] = max(best.get(row.name, 0), 3)
    return sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
"""
RENAMED = '''
def answer(items, most):
    """Another word for everything."""
    found = {}

    for item in items:
        if item.size < most and item.title not in found:
            found[item.title] = item.size * 7 + 4  # faster
        elif item.size == most: found[item.title] = max(found.get(item.title, 8), 9)
    return sorted(found.items(), key=lambda entry: (-entry[0], entry[1]))
'''
OTHER = """
import heapq

def solve(rows, limit):
    heap = []
    while rows:
        row = rows.pop()
        heapq.heappush(heap, (row.weight, row.name))
    seen, result = set(), []
    while heap and heap[0][0] <= limit:
        weight, name = heapq.heappop(heap)
        if name in seen:
            continue
        seen.add(name)
        result.append((name, 3 if weight == limit else weight * 2 + 1))
    result.sort(key=lambda pair: pair[0])
    return result
"""


def test_names_numbers_strings_and_comments_do_not_count() -> None:
    assert tokens("x1 = 'a # b' + 2.5  # c", "python") == ["n", "=", "s", "+", "0"]
    assert tokens("const s = `a ${b}`; // c\n/* d */ if (x) {}", "typescript") == [
        "const", "n", "=", "s", ";", "if", "(", "n", ")", "{", "}",
    ]  # fmt: skip
    assert tokens("SELECT a -- c\nFROM t", "sql") == ["select", "n", "from", "n"]
    assert tokens('"""doc\n"""\nреш = 1', "python") == ["n", "=", "0"]
    assert tokens("/* never closed", "c") == []


def test_what_is_never_closed_ends_with_its_line_or_the_text() -> None:
    assert tokens("x = 'a b\ny = 1", "javascript") == ["n", "=", "s", "n", "=", "0"]
    assert tokens('x = """a\ny = 1', "python") == ["n", "="]


@pytest.mark.parametrize("piece", ['"\\', "'\\", '"""\\', '"\\""', "`", '"', "/*", "\n", "'''", "1.", "\\", "-- \n"])
@pytest.mark.parametrize("language", ["python", "javascript", "sql", "php", "bash"])
def test_no_program_takes_long_to_be_compared(language: str, piece: str) -> None:
    before = time.process_time()
    for ending in ("", "\\"):
        tokens(piece * (64 * 1024 // len(piece)) + ending, language)
    assert time.process_time() - before < 2


def test_the_same_program_in_other_words() -> None:
    assert likeness(fingerprints(LOOP, "python"), fingerprints(RENAMED, "python")) == 1.0


def test_another_idea() -> None:
    assert likeness(fingerprints(LOOP, "python"), fingerprints(OTHER, "python")) < 0.2


def test_a_part_is_found_in_a_larger_program() -> None:
    whole = fingerprints(OTHER + LOOP, "python")
    assert likeness(fingerprints(RENAMED, "python"), whole) > 0.85


def test_starter_code_is_nobodys() -> None:
    written = "\n\nprint(solve(sys.argv[1:], int(sys.stdin.readline()), out=[x for x in range(3) if x]))\n"
    one, other = fingerprints(LOOP + written, "python", [LOOP]), fingerprints(LOOP, "python", [LOOP])
    assert (len(other), len(one) > 0) == (0, True)
    assert not one & fingerprints(LOOP, "python")


def test_what_most_have_is_nobodys() -> None:
    same, mine = frozenset({1, 2, 3}), frozenset({1, 9})
    assert common([same, same, same]) == frozenset()
    assert common([same, same, same, mine]) == {1, 2, 3}
    assert common([same, same, mine, mine]) == {1}


def test_shares() -> None:
    assert likeness(frozenset({1, 2, 3, 4}), frozenset({3, 4})) == 1.0
    assert likeness(frozenset({1, 2}), frozenset()) == 0.0


@pytest.mark.parametrize("size", [0, 1, 50])
def test_fingerprints_are_stored_as_bytes(size: int) -> None:
    prints = frozenset(number * 2**57 + 1 for number in range(size)) if size < 2 else fingerprints(LOOP, "python")
    assert similarity.unpacked(similarity.packed(prints)) == prints


def test_families() -> None:
    assert [similarity.family(name) for name in ("typescript", "cpp", "python", "text")] == [
        "javascript",
        "c",
        "python",
        "",
    ]


@given(st.lists(st.sampled_from("+-*/%=<>&|"), min_size=GRAM + WINDOW - 1, max_size=40), st.data())
def test_a_shared_run_of_the_guaranteed_length_is_always_found(run: list[str], data: st.DataObject) -> None:
    """Schleimer and others, section 3: at least w + k - 1 tokens, wherever they stand."""
    noise = st.lists(st.sampled_from(["a", "1", "(", ")"]), max_size=20).map(" ".join)
    one, other = (f"{data.draw(noise)} {' '.join(run)} {data.draw(noise)}" for _ in range(2))
    assert fingerprints(one, "python") & fingerprints(other, "python")


@given(st.text(max_size=200), st.sampled_from(["python", "javascript", "sql", "php", "bash", "cpp"]))
def test_any_text_has_tokens(source: str, language: str) -> None:
    fingerprints(source, language)
