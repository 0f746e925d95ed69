"""Vectors by OpenAI or any server that speaks its `/embeddings`."""

import threading

from providers.base import ProviderError
from providers.embeddings.base import Capabilities, Embedder, Vectors, as_rows
from providers.openai_client import blocking_client, translated

TIMEOUT_S = 30.0


class OpenAIEmbedder(Embedder):
    """`model` as the server names it. How many dimensions it has is learnt from its first answer."""

    # 6,000 characters stay below OpenAI's 8,192 tokens in Chinese, too.
    capabilities = Capabilities(batch=64, most_chars=6_000, local=False)

    def __init__(
        self, api_key: str, model: str, *, base_url: str = "", timeout_s: float = TIMEOUT_S, deadline_s: float = 120.0
    ) -> None:
        super().__init__(deadline_s=deadline_s)
        self.name = f"openai:{model}"
        self.model = model
        self._timeout_s = timeout_s
        self._client = blocking_client(api_key, base_url, timeout_s)
        self._dimensions = 0
        self._asking = threading.Lock()

    @property
    def dimensions(self) -> int:
        with self._asking:
            if not self._dimensions:
                self._dimensions = self._tried(["resume"], self._clock() + self._timeout_s).shape[-1]
        return self._dimensions

    def _embed(self, texts: list[str], timeout_s: float) -> Vectors:
        with translated("The embedding server"):
            # As numbers: not every compatible server knows the base64 that the client asks for by itself.
            answer = self._client.embeddings.create(
                model=self.model, input=texts, encoding_format="float", timeout=min(timeout_s, self._timeout_s)
            )
        if len(answer.data or ()) != len(texts):
            raise ProviderError("The embedding server answered another number of vectors.", retryable=False)
        rows = as_rows([row.embedding for row in sorted(answer.data, key=lambda row: row.index)], self.name)
        if rows.ndim != 2 or not rows.shape[1]:
            raise ProviderError("The embedding server answered something else than vectors.", retryable=False)
        return rows
