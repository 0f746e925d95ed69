"""Which embedder an installation gets for which settings."""

import pytest

from providers.base import UnavailableError
from providers.embeddings.factory import EmbeddingSettings, build, build_named
from providers.embeddings.hashed import HashedEmbedder
from providers.embeddings.openai import OpenAIEmbedder


def test_without_a_model_texts_are_hashed_even_where_a_language_model_is_set():
    assert isinstance(build(EmbeddingSettings(openai_api_key="k")), HashedEmbedder)


@pytest.mark.parametrize("given", [{"openai_api_key": "k"}, {"openai_base_url": "http://h/v1"}])
def test_with_a_model_the_server_is_asked(given):
    embedder = build(EmbeddingSettings("small-3", **given))
    assert isinstance(embedder, OpenAIEmbedder)
    assert embedder.name == "openai:small-3"
    assert build(EmbeddingSettings("small-3", **given)) is embedder


def test_a_model_without_a_server_says_what_to_set():
    with pytest.raises(UnavailableError, match="OPENAI_BASE_URL"):
        build(EmbeddingSettings("small-3"))


def test_the_embedder_of_an_earlier_index():
    now = EmbeddingSettings("new", "k")
    assert build_named("openai:old", now).name == "openai:old"
    assert build_named("openai:new", now) is build(now)
    assert build_named("hashed-384-v1-abc", now, None, "abc").name == "hashed-384-v1-abc"
