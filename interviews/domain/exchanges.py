"""What was asked of a language model and answered, beside the interview: for recruiters, never for a log."""

import logging
from decimal import Decimal

from django.conf import settings
from django.db import IntegrityError

from interviews.models import ModelExchange

log = logging.getLogger(__name__)
MILLION = Decimal(1_000_000)
SMALLEST = Decimal("0.000001")


def cost(tokens_in: int | None, tokens_out: int | None) -> Decimal | None:
    """In US dollars, by the prices of the settings; None where tokens or prices are unknown."""
    prices = settings.OPENAI_PRICE_IN, settings.OPENAI_PRICE_OUT
    if tokens_in is None or tokens_out is None or not any(prices):
        return None
    spent = tokens_in * Decimal(str(prices[0])) + tokens_out * Decimal(str(prices[1]))
    return (spent / MILLION).quantize(SMALLEST)


def keep(exchange: ModelExchange) -> None:
    """Save it; of an interview that was deleted meanwhile nothing is kept."""
    try:
        exchange.save(force_insert=True)
    except IntegrityError:
        log.info("interview %s is gone: an exchange with the model is not kept", exchange.interview_id)
