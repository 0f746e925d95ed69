"""One contract for every vector store: in this process, and Milvus as a file."""

import threading

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from milvus_lite.server_manager import server_manager_instance

from providers.base import BadInputError, ProviderError
from providers.vectors.base import Attributes, Hit, Item, Where
from providers.vectors.exact import BLOCK, SPARSE, ExactStore, _best
from providers.vectors.milvus import MilvusStore, collection_name, expression, key

NASTY = [
    "c++",
    "o'reilly",
    'a "b"',
    "back\\slash",
    "] or id > 0 or skills in [",
    "쿠버네티스",
    "новый\nстрока",
    "{s}",
    "%s",
    " ",
]


def vector(*numbers: float):
    return np.array(numbers, dtype=np.float32) / np.linalg.norm(numbers)


def item(number: int, *numbers: float, **attributes) -> Item:
    attributes["skills"] = frozenset(attributes.get("skills", ()))
    return Item(number, vector(*numbers), Attributes(**attributes))


MOST_LEFT = 10_000
EAST, NORTH = vector(1, 0, 0), vector(0, 1, 0)
PEOPLE = [
    item(1, 1, 0, 0, skills=["python", "sql"], years=2, language="en", status="parsed"),
    item(2, 4, 3, 0, skills=["python"], years=5.5, language="ru", status="interviewed"),
    item(3, 3, 4, 0, skills=["go"], language="en", status="parsed"),
    item(4, 0, 1, 0),
]


@pytest.fixture(scope="module")
def lite(tmp_path_factory):
    path = str(tmp_path_factory.mktemp("milvus") / "viva.db")
    store = MilvusStore(path, "hashed-3", 3)
    yield store
    store.close()
    server_manager_instance.release_server(path)  # at the interpreter's end it would log into a closed file


@pytest.fixture(params=["exact", "milvus"])
def store(request):
    if request.param == "exact":
        yield ExactStore(3)
        return
    made = request.getfixturevalue("lite")
    made.remove(ids(made.search(EAST, MOST_LEFT)))  # to make a collection anew takes its client half a second's sleep
    assert made.count() == 0
    yield made


def ids(hits: list[Hit]) -> list[int]:
    return [hit.id for hit in hits]


def test_nothing_is_found_in_nothing(store):
    assert (store.count(), store.search(EAST, 5)) == (0, [])
    store.put([])
    store.remove([1])
    assert store.count() == 0


def test_the_nearest_come_first_with_exact_scores(store):
    store.put(PEOPLE)
    hits = store.search(EAST, 3)
    assert ids(hits) == [1, 2, 3]
    assert [hit.score for hit in hits] == pytest.approx([1.0, 0.8, 0.6], abs=1e-6)
    assert ids(store.search(NORTH, 1)) == [4]
    assert ids(store.search(EAST, 100)) == [1, 2, 3, 4]
    assert store.count() == 4


@pytest.mark.parametrize(
    ("where", "found"),
    [
        (Where(), [1, 2, 3, 4]),
        (Where(skills=frozenset({"python"})), [1, 2]),
        (Where(skills=frozenset({"python", "sql"})), [1]),
        (Where(skills=frozenset({"python", "go"})), []),
        (Where(skills=frozenset({"backend"})), []),
        (Where(years_min=0), [1, 2]),
        (Where(years_min=2), [1, 2]),
        (Where(years_min=5.5), [2]),
        (Where(years_min=5.6), []),
        (Where(language="en"), [1, 3]),
        (Where(status="interviewed"), [2]),
        (Where(ids=frozenset({2, 4, 99})), [2, 4]),
        (Where(ids=frozenset()), []),
        (Where(frozenset({"python"}), 1, "en", "parsed", frozenset({1, 2, 3})), [1]),
    ],
)
def test_filters(store, where, found):
    store.put(PEOPLE)
    assert ids(store.search(EAST, 10, where)) == found


def test_a_second_put_replaces_vector_and_attributes(store):
    store.put(PEOPLE)
    store.put([item(1, 0, 1, 0, skills=["rust"]), item(9, 1, 0, 0), item(9, 0, 0, 1)])
    assert store.count() == 5
    assert ids(store.search(EAST, 10, Where(skills=frozenset({"python"})))) == [2]
    assert ids(store.search(NORTH, 1, Where(skills=frozenset({"rust"})))) == [1]
    assert ids(store.search(vector(0, 0, 1), 1)) == [9]


def test_what_is_removed_is_never_found_again(store):
    store.put(PEOPLE)
    store.remove([1, 3, 77])
    assert store.count() == 2
    assert ids(store.search(EAST, 10)) == [2, 4]
    store.clear()
    assert (store.count(), store.search(EAST, 10)) == (0, [])
    store.put(PEOPLE[:1])
    assert ids(store.search(EAST, 10)) == [1]


@pytest.mark.parametrize("skill", NASTY)
def test_no_skill_changes_what_a_filter_means(store, skill):
    store.put([item(1, 1, 0, 0, skills=[skill]), item(2, 1, 0, 0, skills=["other"])])
    assert ids(store.search(EAST, 10, Where(skills=frozenset({skill})))) == [1]


def test_vectors_of_another_size_are_refused(store):
    for call in (lambda: store.put([item(1, 1, 0)]), lambda: store.search(vector(1, 0, 0, 0), 3)):
        with pytest.raises(BadInputError, match="vectors of 3"):
            call()


@pytest.mark.parametrize("years", [-1.0, float("nan"), float("inf")])
def test_years_that_are_none_are_refused(years):
    with pytest.raises(BadInputError):
        Where(years_min=years)


def test_a_zero_vector_is_kept_and_is_near_to_nothing(store):
    store.put([Item(1, np.zeros(3, dtype=np.float32)), *PEOPLE[1:2]])
    hits = store.search(EAST, 2)
    assert [(hit.id, round(hit.score, 5)) for hit in hits] == [(2, 0.8), (1, 0.0)]


# --- the store of this process


def random_items(count: int, first: int = 0, seed: int = 1) -> list[Item]:
    random = np.random.default_rng(seed)
    rows = random.standard_normal((count, 3)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return [
        Item(first + n, row, Attributes(frozenset({f"s{n % 3}", f"rare{n % 500}"}), years=n % 10))
        for n, row in enumerate(rows)
    ]


@pytest.mark.parametrize("skill", ["s1", "rare7"])  # multiplied whole, and picked out first
def test_many_rows_over_several_blocks_agree_with_a_plain_product(skill):
    items = random_items(BLOCK * 2 + 100)
    store = ExactStore(3)
    store.put(items)
    fitting = [one for one in items if skill in one.attributes.skills and one.attributes.years >= 5]
    expected = sorted(fitting, key=lambda one: -float(one.vector @ EAST))[:20]
    assert ids(store.search(EAST, 20, Where(frozenset({skill}), years_min=5))) == [one.id for one in expected]


WIDE = 384


def wide_items(count: int) -> list[Item]:
    """One in two hundred has `rare`, one in twenty `usual`, four in five `common`."""
    random = np.random.default_rng(5)
    rows = random.standard_normal((count, WIDE)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    held = [{"rare": n % 200 == 3, "usual": n % 20 == 3, "common": n % 5 != 3} for n in range(count)]
    return [
        Item(n, row, Attributes(frozenset(skill for skill, has in some.items() if has)))
        for n, (row, some) in enumerate(zip(rows, held, strict=True))
    ]


@pytest.fixture(scope="module")
def wide() -> tuple[ExactStore, list[Item]]:
    """A full block, one nearly so and one that has just begun; a tenth of the vectors was replaced or removed."""
    store, items = ExactStore(WIDE), wide_items(BLOCK * 2 + 50)
    store.put(items)
    store.remove(range(0, BLOCK, 20))
    store.put(items[10:BLOCK:20])
    return store, [one for one in items if one.id >= BLOCK or one.id % 20]


@pytest.mark.parametrize("used", [1, 40, WIDE // SPARSE, WIDE // SPARSE + 1, WIDE])  # numbers that are not zero
@pytest.mark.parametrize("skill", ["rare", "usual", "common", None])
def test_the_nearest_are_exactly_those_of_a_plain_product(wide, used, skill):
    store, items = wide
    random = np.random.default_rng(used)
    query = np.zeros(WIDE, dtype=np.float32)
    query[random.choice(WIDE, used, replace=False)] = random.standard_normal(used)
    query /= np.linalg.norm(query)
    fitting = [one for one in items if skill is None or skill in one.attributes.skills]
    scores = np.stack([one.vector for one in fitting]).astype(np.float64) @ query.astype(np.float64)
    best = np.argsort(-scores)[:100]
    hits = store.search(query, 100, Where(frozenset({skill} if skill else ())))
    assert ids(hits) == [fitting[place].id for place in best][: len(hits)]
    assert len(hits) == min(100, len(fitting))
    assert [hit.score for hit in hits] == pytest.approx(scores[best], abs=1e-6)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=400), st.integers(1, 60))
def test_the_best_are_the_highest_however_many_are_alike(scores, count):
    places = _best(np.array(scores, dtype=np.float32), count)
    assert len(set(places.tolist())) == len(places)
    assert sorted(scores[place] for place in places) == sorted(scores)[-count:]


def test_dead_rows_are_given_back_and_nothing_else_changes():
    items = random_items(BLOCK * 3)
    store, fresh = ExactStore(3), ExactStore(3)
    store.put(items)
    store.remove(range(0, BLOCK * 3, 2))
    fresh.put(items[1::2])
    assert store._rows == store.count() == BLOCK * 3 // 2
    store.put(random_items(50, first=1_000_000, seed=2))
    fresh.put(random_items(50, first=1_000_000, seed=2))
    for where in (Where(), Where(frozenset({"s1"})), Where(frozenset({"rare7"}), years_min=3)):
        assert store.search(EAST, 50, where) == fresh.search(EAST, 50, where)


operations = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.integers(0, 8), st.sampled_from("abc")),
        st.tuples(st.just("remove"), st.integers(0, 8), st.none()),
    ),
    max_size=40,
)


@given(operations)
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
def test_any_order_of_puts_and_removals_ends_with_what_is_there(done):
    store, truth = ExactStore(3), {}
    for what, number, skill in done:
        if what == "put":
            truth[number] = skill
            store.put([item(number, 1, number, 0, skills=[skill])])
        else:
            truth.pop(number, None)
            store.remove([number])
    for skill in "abc":
        found = ids(store.search(EAST, 100, Where(frozenset({skill}))))
        assert found == sorted(number for number, its in truth.items() if its == skill)
    assert store.count() == len(truth)


def test_readers_beside_a_writer_see_whole_items():
    store = ExactStore(3)
    store.put(random_items(2_000))
    wrong: list[object] = []

    def read() -> None:
        for _ in range(100):
            hits = store.search(EAST, 50, Where(frozenset({"s1"})))
            wrong.extend(hit for hit in hits if hit.id % 3 != 1)
            wrong.extend([hits] if len(set(ids(hits))) != 50 else [])

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for turn in range(20):
        store.put(random_items(2_000, seed=turn))
    for reader in readers:
        reader.join()
    assert wrong == []
    assert store.count() == 2_000


# --- Milvus


@given(st.text(max_size=50), st.text(max_size=50))
def test_a_filter_for_milvus_holds_nothing_that_anybody_wrote(skill, language):
    where = Where(frozenset({skill}), 2.5, language, "x", frozenset({3, 1}))
    parts = [f"array_contains_all(skills, [{key(skill)}])"]
    parts += [f"language == {key(language)}"] if language else []
    parts += [f"status == {key('x')}", "years >= 2.500000", "id in [1, 3]"]
    assert expression(where) == " and ".join(parts)


def test_each_model_has_its_collection():
    assert collection_name("openai:text-embedding-3").startswith("viva_openai_text_embedding_3_")
    assert collection_name("a:b") != collection_name("a-b")


def test_a_server_that_is_away_may_come_back(unused_tcp_port):
    store = MilvusStore(f"http://127.0.0.1:{unused_tcp_port}", "m", 3, timeout_s=0.5)
    with pytest.raises(ProviderError, match="Milvus failed") as raised:
        store.search(EAST, 1)
    assert raised.value.retryable
    assert "127.0.0.1" not in str(raised.value)


def test_a_filter_that_milvus_does_not_take_stays_wrong(lite, monkeypatch):
    monkeypatch.setattr("providers.vectors.milvus.expression", lambda _where: "skills <<< 1")
    with pytest.raises(ProviderError) as raised:
        lite.search(EAST, 1)
    assert not raised.value.retryable


def test_whoever_asks_soon_after_a_failed_connection_is_told_at_once(unused_tcp_port):
    now = [0.0]
    store = MilvusStore(f"http://127.0.0.1:{unused_tcp_port}", "m", 3, timeout_s=0.5, clock=lambda: now[0])
    with pytest.raises(ProviderError, match="failed"):
        store.search(EAST, 3)
    with pytest.raises(ProviderError, match="a moment ago") as told:
        store.search(EAST, 3)
    assert told.value.retryable
    now[0] = 10.0
    with pytest.raises(ProviderError, match="failed"):
        store.search(EAST, 3)
