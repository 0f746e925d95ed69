"""Builds the vector store from settings that the caller passes in."""

from dataclasses import dataclass

from providers.vectors.base import VectorStore


@dataclass(frozen=True, slots=True)
class VectorSettings:
    """`milvus_uri`: a server's address, with `user:password@` where it wants them, or a file for milvus-lite."""

    milvus_uri: str = ""


def build(settings: VectorSettings, model: str, dimensions: int) -> VectorStore:
    """A store for vectors of `model`. The one in this process begins empty; Milvus keeps a collection a model."""
    if settings.milvus_uri:
        from providers.vectors.milvus import MilvusStore

        return MilvusStore(settings.milvus_uri, model, dimensions)
    from providers.vectors.exact import ExactStore

    return ExactStore(dimensions)
