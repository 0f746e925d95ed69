"""What a request to a model costs."""

from decimal import Decimal

import pytest
from pytest_django import Settings

from interviews.domain import exchanges


@pytest.mark.parametrize(
    ("prices", "tokens", "cost"),
    [
        ((2.5, 10), (1_000, 50), Decimal("0.003000")),
        ((0.15, 0.6), (900, 40), Decimal("0.000159")),
        ((0, 10), (1_000, 50), Decimal("0.000500")),
        ((0, 0), (1_000, 50), None),
        ((2.5, 10), (None, None), None),
    ],
)
def test_cost(
    settings: Settings, prices: tuple[float, float], tokens: tuple[int | None, int | None], cost: Decimal | None
) -> None:
    settings.OPENAI_PRICE_IN, settings.OPENAI_PRICE_OUT = prices
    assert exchanges.cost(*tokens) == cost
