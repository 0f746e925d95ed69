"""Milvus 2.4 and later, through pymilvus, which is imported when it is first needed: it takes 3 s and 150 MB."""

import contextlib
import logging
import os
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np

from providers.base import ProviderError
from providers.vectors.base import Hit, Item, Vector, VectorStore, Where

if TYPE_CHECKING:
    from pymilvus import MilvusClient

logger = logging.getLogger(__name__)
BATCH = 500
MOST_SKILLS = 1_024
NO_YEARS = -1.0
TIMEOUT_S = 10.0
CONNECTING_S = 3.0
PAUSE_S = 5.0  # after a failed connection: whoever searches meanwhile is told at once
# Codes that trying again does not mend: a bad filter, no such collection, bad parameters, no rights.
LASTING = frozenset({6, 100, 700, 1100, 1101, 1400, 1401})
UNSAID = 1  # the server's "not ready", and what the client's own checks of parameters carry
SERVER = re.compile(r"^(?:https?|tcp|unix)://")


class MilvusStore(VectorStore):
    """One collection a model. `uri` is a server's, or a path for milvus-lite, which one process at a time can open.

    Texts are kept as 64-bit hashes, so that a filter is made of numbers only: nothing that anybody wrote gets into an
    expression, whatever characters it holds.
    """

    def __init__(
        self,
        uri: str,
        collection: str,
        dimensions: int,
        *,
        timeout_s: float = TIMEOUT_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(dimensions)
        self.collection = collection_name(collection)
        self._uri = uri
        self._timeout_s = timeout_s
        self._connected: MilvusClient | None = None
        self._connecting = threading.Lock()
        self._clock = clock
        self._again_at = clock()

    def count(self) -> int:
        with _translated():
            rows: Any = self._client.query(
                self.collection,
                filter="",
                output_fields=["count(*)"],
                consistency_level="Strong",
                timeout=self._timeout_s,
            )
        return int(rows[0]["count(*)"])

    def clear(self) -> None:
        with _translated():
            self._client.drop_collection(self.collection, timeout=self._timeout_s)
            self._create(self._client)

    def close(self) -> None:
        with self._connecting, _translated():
            if self._connected is not None:
                self._connected.close()
            self._connected = None

    def _put(self, items: list[Item]) -> None:
        with _translated():
            for start in range(0, len(items), BATCH):
                rows = [_row(item) for item in items[start : start + BATCH]]
                self._client.upsert(self.collection, rows, timeout=self._timeout_s)

    def _remove(self, ids: list[int]) -> None:
        with _translated():
            for start in range(0, len(ids), BATCH):
                self._client.delete(self.collection, ids=ids[start : start + BATCH], timeout=self._timeout_s)

    def _search(self, vector: Vector, count: int, ways: list[Where]) -> list[list[Hit]]:
        with _translated():
            return [self._search_one(vector, count, way) for way in ways]

    def _search_one(self, vector: Vector, count: int, where: Where) -> list[Hit]:
        (found,) = self._client.search(
            self.collection, [vector.tolist()], filter=expression(where), limit=count, timeout=self._timeout_s
        )
        hits = [Hit(int(one["id"]), float(one["distance"])) for one in found]
        return sorted(hits, key=lambda hit: (-hit.score, hit.id))

    @property
    def _client(self) -> "MilvusClient":
        with self._connecting:
            if self._connected is None:
                if self._clock() < self._again_at:
                    raise ProviderError("Milvus could not be reached a moment ago.", retryable=True)
                self._again_at = self._clock() + PAUSE_S + CONNECTING_S
                self._connected = self._connect()
            return self._connected

    def _connect(self) -> "MilvusClient":
        client_class = _client_class()
        # No time-out for a file: its server is started by this process, and takes it for one of every call.
        limit = {"timeout": min(self._timeout_s, CONNECTING_S)} if SERVER.match(self._uri) else {}
        client = client_class(self._uri, **limit)
        if not client.has_collection(self.collection):
            self._create(client)
        return client

    def _create(self, client: "MilvusClient") -> None:
        from pymilvus import DataType

        schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
        schema.add_field("id", DataType.INT64, is_primary=True)
        schema.add_field("vector", DataType.FLOAT_VECTOR, dim=self.dimensions)
        schema.add_field("skills", DataType.ARRAY, element_type=DataType.INT64, max_capacity=MOST_SKILLS)
        schema.add_field("years", DataType.DOUBLE)
        schema.add_field("language", DataType.INT64)
        schema.add_field("status", DataType.INT64)
        index = client.prepare_index_params()
        # FLAT is exact: the same answers as in-process, and enough for a few million resumes.
        index.add_index("vector", index_type="FLAT", metric_type="IP")
        client.create_collection(self.collection, schema=schema, index_params=index)


def expression(where: Where) -> str:
    """Milvus's filter: names of columns and numbers."""
    parts = [f"array_contains_all(skills, {_hashes(where.skills)})"] if where.skills else []
    parts += [
        f"{name} == {key(text)}" for name, text in (("language", where.language), ("status", where.status)) if text
    ]
    if where.years_min is not None:
        parts.append(f"years >= {float(where.years_min):.6f}")
    if where.ids is not None:
        parts.append(f"id in {sorted(int(one) for one in where.ids)}")
    return " and ".join(parts)


def key(text: str) -> int:
    """A text as a signed 64-bit number."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)


def collection_name(name: str) -> str:
    """Milvus takes letters, digits and underscores; the hash keeps apart what that makes alike."""
    return f"viva_{re.sub(r'[^A-Za-z0-9]+', '_', name)[:100]}_{blake2b(name.encode(), digest_size=4).hexdigest()}"


def _hashes(texts: Iterable[str]) -> list[int]:
    return sorted(map(key, texts))[:MOST_SKILLS]


def _row(item: Item) -> dict[str, Any]:
    given = item.attributes
    return {
        "id": item.id,
        "vector": item.vector.astype(np.float32).tolist(),
        "skills": _hashes(given.skills),
        "years": NO_YEARS if given.years is None else float(given.years),
        "language": key(given.language),
        "status": key(given.status),
    }


def _client_class() -> Any:
    # On import pymilvus reads the next .env above it into the environment, and logs each error that we raise.
    os.environ.setdefault("PYTHON_DOTENV_DISABLED", "1")
    try:
        from pymilvus import MilvusClient
    except ImportError as error:
        raise ProviderError("MILVUS_URI needs the pymilvus package.", retryable=False) from error
    logging.getLogger("pymilvus").setLevel(logging.CRITICAL)
    return MilvusClient


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    """Turn the client's errors into ProviderError, without their words: they may hold an address or a filter."""
    try:
        yield
    except ProviderError:
        raise
    except Exception as error:  # pymilvus, grpc and milvus-lite each raise classes of their own
        code = getattr(error, "code", None)
        by_client = isinstance(error, TypeError | ValueError) or (
            code == UNSAID and type(error).__name__ == "ParamError"
        )
        retryable = not by_client and code not in LASTING
        number = code if isinstance(code, int) else ""
        logger.warning("Milvus failed: %s %s", type(error).__name__, number)
        raise ProviderError(f"Milvus failed: {type(error).__name__} {number}".strip(), retryable=retryable) from error
