"""What belongs to one event loop."""

import asyncio

from providers.loops import PerLoop


async def get(things: PerLoop[object]) -> object:
    return things.get()


def test_each_loop_has_its_own_and_a_closed_ones_is_discarded():
    discarded: list[object] = []
    things = PerLoop(object, discarded.append)

    async def twice() -> tuple[object, object]:
        return things.get(), things.get()

    first, same = asyncio.run(twice())
    assert first is same
    assert discarded == []
    second = asyncio.run(get(things))
    assert second is not first
    assert discarded == [first]
    assert things.all() == [second]


def test_what_was_taken_away_is_made_anew():
    things = PerLoop(object)

    async def again() -> tuple[object, object, object]:
        return things.get(), things.pop(), things.get()

    first, taken, new = asyncio.run(again())
    assert taken is first
    assert new is not first
    assert asyncio.run(get(PerLoop(object))) is not None


def test_nothing_to_take_away():
    async def pop() -> object:
        return PerLoop(object).pop()

    assert asyncio.run(pop()) is None
