"""Builds the language model from settings that the caller passes in."""

import functools
from dataclasses import dataclass, field

from providers.llm.base import LanguageModel

OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class LanguageModelSettings:
    """`model`: the server's name of it, or `offline` for none."""

    model: str
    openai_api_key: str = field(default="", repr=False)
    openai_base_url: str = ""


@functools.cache
def build(settings: LanguageModelSettings) -> LanguageModel | None:
    """One model a process for equal settings; None where there is no server, or none is wanted."""
    if settings.model in {"", OFFLINE} or not (settings.openai_api_key or settings.openai_base_url):
        return None
    from providers.llm.openai import OpenAILanguageModel

    return OpenAILanguageModel(settings.openai_api_key, settings.model, base_url=settings.openai_base_url)
