"""Words as sound: every sample says which word it belongs to, so that scripted ears hear exactly what reaches them."""

import re
from array import array
from collections import Counter

from providers.audio import ms_to_samples

FRAME_MS = 40
NOISE = 500  # a sample of sound without words
FIRST_WORD = 1_000
MOST_WORDS = 30_000
SHORTEST_MS, CHARACTER_MS, IDEOGRAPH_MS = 160, 60, 200
STRIDE_MS = 4
_TOKEN = re.compile(r"[\u3400-\u9fff][，。！？、；：…—]*|[^\s\u3400-\u9fff]+\s*")


class Vocabulary:
    """All that is said in one conversation, by whomever. A word that is said twice is two words."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._durations_ms: list[int] = []

    def sound(self, text: str, *, heard_as: str | None = None, ms: int | None = None) -> bytes:
        """`text` spoken, as PCM16 at 16 kHz in whole frames of 40 ms.

        `heard_as` is what a recogniser makes of it, if not `text`; `ms` how long it takes.
        """
        lengths = [_spoken_ms(word) for word in _TOKEN.findall(text)]
        total = ms or sum(lengths) or FRAME_MS
        words = _TOKEN.findall(text if heard_as is None else heard_as)
        if not words:
            return noise(total)
        share = sum(_spoken_ms(word) for word in words)
        edges = [sum(map(_spoken_ms, words[:number])) * total // share for number in range(len(words) + 1)]
        frames = [_whole_frames(edge) for edge in edges]
        return b"".join(
            self._word(word, end - start) for word, start, end in zip(words, frames, frames[1:], strict=False)
        )

    def text_of(self, samples: Counter[int]) -> str:
        """The words of which at least half was heard, in the order in which they were thought of."""
        indices = sorted(value - FIRST_WORD for value in samples if value >= FIRST_WORD)
        heard = (at for at in indices if samples[at + FIRST_WORD] * STRIDE_MS * 2 >= self._durations_ms[at])
        return "".join(self._words[at] for at in heard).strip()

    def _word(self, word: str, ms: int) -> bytes:
        assert len(self._words) < MOST_WORDS, "a conversation of too many words"
        value = FIRST_WORD + len(self._words)
        self._words.append(word if word[-1].isspace() or _is_ideograph(word) else word + " ")
        self._durations_ms.append(ms)
        return array("h", [value]).tobytes() * ms_to_samples(ms)


class Listener:
    """Whoever hears: `hear` some audio, `text` is what was understood up to now."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._samples: Counter[int] = Counter()

    def hear(self, pcm: bytes) -> None:
        self._samples.update(array("h", pcm)[:: ms_to_samples(STRIDE_MS)])

    @property
    def text(self) -> str:
        return self._vocabulary.text_of(self._samples)


def noise(ms: int) -> bytes:
    """Sound in which nobody can find a word, in whole frames."""
    return array("h", [NOISE]).tobytes() * ms_to_samples(_whole_frames(max(ms, FRAME_MS)))


def _spoken_ms(word: str) -> int:
    return IDEOGRAPH_MS if _is_ideograph(word) else max(SHORTEST_MS, len(word.strip()) * CHARACTER_MS)


def _is_ideograph(word: str) -> bool:
    return "\u3400" <= word[0] <= "\u9fff"


def _whole_frames(ms: int) -> int:
    return round(ms / FRAME_MS) * FRAME_MS
