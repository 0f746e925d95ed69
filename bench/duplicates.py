"""How well copies of a resume are told from other people's, on the project's own resumes.

    python -m bench.duplicates

Each resume is edited as people do: lines left out, a job added, another telephone, another order of sections. Prints
how alike copies and other people's resumes are, and precision and recall at several thresholds beside the one in use.
"""

# ruff: noqa: E402  # models need their settings first
import itertools
import os
import random
from collections.abc import Iterator

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from providers.documents import runner
from providers.documents.base import DocumentError
from providers.documents.kinds import kind_of
from resumes.domain.duplicates import ALIKE
from resumes.domain.likeness import Hashes, bands, likeness, sequences
from tests.resumes.corpus.catalogue import PICTURES, resumes

THRESHOLDS = (0.1, 0.2, 0.3, 0.35, 0.4, 0.5, 0.6)
COPIES = 3


def main() -> None:
    texts = list(originals())
    same, others = measured(texts)
    print(f"{len(texts)} resumes, {len(same)} edited copies, {len(others)} pairs of other people's")
    print(f"copies:  least {min(same):.2f}, median {sorted(same)[len(same) // 2]:.2f}")
    print(f"others:  most {max(others):.2f}")
    print("threshold  precision  recall")
    for threshold in THRESHOLDS:
        precision, recall = judged(same, others, threshold)
        print(f"{threshold:9.2f}  {precision:9.3f}  {recall:6.3f}{'  in use' if threshold == ALIKE else ''}")


def originals() -> Iterator[str]:
    """The text of each resume that needs no OCR, of both sets."""
    for resume in [*resumes(), *resumes(unseen=True)]:
        if resume.format in PICTURES or resume.missing:
            continue
        data = resume.data()
        kind = kind_of(data)
        if kind is not None:
            try:
                yield runner.read(data, kind).text
            except DocumentError:
                continue


def edited(text: str, seed: int) -> str:
    """A later version of the same resume: about a fifth of its lines is changed, dropped or new."""
    chance = random.Random(seed)
    lines = [line for line in text.splitlines() if chance.random() > 0.08]
    lines = [_reworded(line, chance) if chance.random() < 0.08 else line for line in lines]
    at = chance.randrange(len(lines) // 2, len(lines))
    if chance.random() < 0.5:  # sections in another order
        lines = lines[at:] + lines[:at]
    return "\n".join([*lines[:3], f"Acme {seed}, 2024, new position {seed}", *lines[3:], f"+1 555 {seed:07}"])


def _reworded(line: str, chance: random.Random) -> str:
    words = line.split()
    chance.shuffle(words)
    return " ".join(words[: max(1, len(words) - 1)])


def measured(texts: list[str]) -> tuple[list[float], list[float]]:
    """Likeness of each copy with its original, and of each two resumes. Pairs that no mark brings together are 0."""
    hashes = [sequences(text) for text in texts]
    copies = [
        (one, sequences(edited(text, seed))) for one, text in zip(hashes, texts, strict=True) for seed in range(COPIES)
    ]
    return [met(one, copy) for one, copy in copies], [met(one, two) for one, two in itertools.combinations(hashes, 2)]


def met(one: Hashes, two: Hashes) -> float:
    return likeness(one, two) if set(bands(one)) & set(bands(two)) else 0.0


def judged(same: list[float], others: list[float], threshold: float) -> tuple[float, float]:
    hits, false = sum(one >= threshold for one in same), sum(one >= threshold for one in others)
    return hits / max(hits + false, 1), hits / len(same)


if __name__ == "__main__":
    main()
