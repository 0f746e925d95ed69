"""Builds the embedder from settings that the caller passes in."""

import functools
from collections.abc import Callable
from dataclasses import dataclass

from providers.base import UnavailableError
from providers.embeddings.base import Embedder
from providers.embeddings.hashed import HashedEmbedder

REMOTE = "openai:"


@dataclass(frozen=True, slots=True)
class EmbeddingSettings:
    """`model`: the server's name of it; empty for vectors without a model."""

    model: str = ""
    openai_api_key: str = ""
    openai_base_url: str = ""


def build(settings: EmbeddingSettings, fold: Callable[[str], str] | None = None, fold_version: str = "") -> Embedder:
    """One embedder a process for equal settings. Raises UnavailableError where a model has no server."""
    return _made(settings, fold, fold_version)


@functools.cache
def _made(settings: EmbeddingSettings, fold: Callable[[str], str] | None, fold_version: str) -> Embedder:
    if not settings.model:
        return HashedEmbedder(fold, fold_version)
    if not (settings.openai_api_key or settings.openai_base_url):
        raise UnavailableError("EMBEDDING_MODEL needs OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own.")
    from providers.embeddings.openai import OpenAIEmbedder

    return OpenAIEmbedder(settings.openai_api_key, settings.model, base_url=settings.openai_base_url)


def build_named(
    name: str, settings: EmbeddingSettings, fold: Callable[[str], str] | None = None, fold_version: str = ""
) -> Embedder:
    """The embedder that made the vectors of an index called `name`, which may be that of earlier settings.

    Vectors hashed with an earlier fold are searched with today's: the same places, but for what folds otherwise.
    """
    model = name.removeprefix(REMOTE) if name.startswith(REMOTE) else ""
    earlier = EmbeddingSettings(model, settings.openai_api_key, settings.openai_base_url)
    return build(earlier, fold, fold_version)
