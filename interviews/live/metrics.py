"""What a server process counts of its interviews, for Prometheus. Labels take few values: none names a person."""

from enum import StrEnum

from prometheus_client import Counter, Gauge, Histogram

from interviews.domain.timings import Parts

BUCKETS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 0.9, 1.2, 1.6, 2.5, 4.0, 8.0, 20.0)

REPLY_PARTS = Histogram(
    "viva_reply_part_seconds", "Parts of the wait for each reply; they add up.", ["part", "language"], buckets=BUCKETS
)
FIRST_AUDIO = Histogram(
    "viva_reply_first_audio_seconds",
    "From the last loud sample of an answer to the first audio of the reply.",
    ["language"],
    buckets=BUCKETS,
)
SESSIONS = Gauge("viva_live_sessions", "Interviews whose candidate is connected to this process.")
FAILURES = Counter("viva_provider_failures_total", "Requests to a provider that failed.", ["stage"])
FALLBACKS = Counter("viva_provider_fallbacks_total", "Times that another provider took over.", ["stage"])


class Stage(StrEnum):
    RECOGNITION = "recognition"
    VOICE = "voice"
    MODEL = "model"


for _stage in Stage:  # a rate needs the zero before the first failure
    FAILURES.labels(_stage)
    FALLBACKS.labels(_stage)


def failed(stage: Stage) -> None:
    """A provider did not do what it was asked for."""
    FAILURES.labels(stage).inc()


def fell_back(stage: Stage) -> None:
    """Another provider goes on where one failed."""
    FALLBACKS.labels(stage).inc()


def reply(parts: Parts, first_audio_ms: int | None, language: str) -> None:
    """A reply was given."""
    for name, ms in parts.items():
        if ms is not None:
            REPLY_PARTS.labels(name, language).observe(ms / 1000)
    if first_audio_ms is not None:
        FIRST_AUDIO.labels(language).observe(first_audio_ms / 1000)
