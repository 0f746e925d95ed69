"""The clients of OpenAI-compatible servers, and what its errors mean here."""

from collections.abc import Iterator
from contextlib import contextmanager

from openai import APIConnectionError, APIStatusError, APITimeoutError, AsyncOpenAI, OpenAI, OpenAIError, Timeout

from providers.base import ProviderError

# OpenAI's own names of our languages.
LANGUAGE_CODES = {"en": "en", "zh-hans": "zh", "ru": "ru", "ko": "ko"}
CONNECT_S = 5.0
RETRIES = 2
_RETRYABLE = frozenset({408, 409, 429})


def client(api_key: str, base_url: str, timeout_s: float, *, retries: int = RETRIES) -> AsyncOpenAI:
    """`base_url` empty: OpenAI itself. Retries connection errors, 408, 409, 429 and 5xx `retries` times, with
    back-off."""
    timeout = Timeout(timeout_s, connect=CONNECT_S)
    # A server of one's own may want no key, but the client insists on one.
    return AsyncOpenAI(api_key=api_key or "none", base_url=base_url or None, timeout=timeout, max_retries=retries)


def blocking_client(api_key: str, base_url: str, timeout_s: float) -> OpenAI:
    """For tasks and request threads. It does not try again: its caller does, within a deadline of its own."""
    timeout = Timeout(timeout_s, connect=CONNECT_S)
    return OpenAI(api_key=api_key or "none", base_url=base_url or None, timeout=timeout, max_retries=0)


@contextmanager
def translated(what: str) -> Iterator[None]:
    """Turn the client's errors into ProviderError. The server's answer stays out of it: it may quote the request."""
    try:
        yield
    except APITimeoutError as error:
        raise ProviderError(f"{what} did not answer in time.", retryable=True) from error
    except APIConnectionError as error:
        raise ProviderError(f"{what} cannot be reached.", retryable=True) from error
    except APIStatusError as error:
        retryable = error.status_code in _RETRYABLE or error.status_code >= 500
        hint = " Check OPENAI_API_KEY." if error.status_code in {401, 403} else ""
        raise ProviderError(f"{what} answered {error.status_code}.{hint}", retryable=retryable) from error
    except OpenAIError as error:
        raise ProviderError(f"{what} failed: {type(error).__name__}.", retryable=False) from error
