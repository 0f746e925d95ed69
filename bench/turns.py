"""How well the ends of answers are told from pauses to think.

    python -m bench.turns [--seed 1] [--recognition 300]

120 answers in four languages (`bench.turns_answers`), half of them as a recogniser without punctuation writes them,
each with one or two pauses of 0.3 to 3 s inside an unfinished sentence. The interview's own ears and engine hear them
in virtual time, in frames of 40 ms; recognition takes as long as said. Printed: how many answers were cut into, each
with its words, and the median time from the last loud sample of an answer to its endpoint. Limits: 2% and 0.7 s.
"""

import argparse
import os
from itertools import product
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.turns_interview import Heard

CUT_INS, MEDIAN_S = 0.02, 0.7


def main() -> None:
    arguments = options()
    heard = hear(arguments.seed, arguments.recognition / 1000)
    for language, marked in product(("en", "zh-hans", "ru", "ko"), (True, False)):
        some = [one for one in heard if (one.answer.language, one.answer.marked) == (language, marked)]
        print(f"{language:8}{'with' if marked else 'without':8}punctuation: {summary(some)}")
    print(f"all {len(heard)} answers:             {summary(heard)}")
    print(f"limits:                      {CUT_INS:5.1%} cut into, endpoint after {MEDIAN_S:.2f} s")
    for one in heard:
        if one.wait_s is None:
            print(f"cut into, {one.answer.language}: {one.words} |")


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--recognition", type=int, default=300, help="milliseconds that it takes")
    return parser.parse_args()


def hear(seed: int, recognition_s: float) -> "list[Heard]":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from bench.turns_interview import run

    return run(seed, recognition_s)


def cut_ins(heard: "list[Heard]") -> float:
    """The share of answers that were taken for finished before they were."""
    return sum(one.wait_s is None for one in heard) / len(heard)


def waits(heard: "list[Heard]") -> list[float]:
    return sorted(one.wait_s for one in heard if one.wait_s is not None)


def summary(heard: "list[Heard]") -> str:
    times = waits(heard)
    p95 = times[len(times) * 95 // 100]
    return f"{cut_ins(heard):5.1%} cut into, endpoint after {median(times):.2f} s (p95 {p95:.2f} s)"


if __name__ == "__main__":
    main()
