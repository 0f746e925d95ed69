"""The demo's closing page: transcript, word error rate, scores."""

import re
from typing import Any

import jiwer

from bench.demo.make_answers import texts


def normal(text: str) -> str:
    """Lower case, no punctuation: what a recogniser is judged by."""
    return " ".join(re.sub(r"[^\w\s']", " ", text.lower()).split())


def word_error_rate(spoken: list[int], heard: list[str]) -> float:
    """Of everything recognised against everything said, in order."""
    said = normal(" ".join(texts()[number] for number in spoken))
    return float(jiwer.wer(said, normal(" ".join(heard)))) if said else 0.0


def lines(interview: dict[str, Any], report: dict[str, Any], spoken: list[int]) -> list[str]:
    turns = interview["transcript"]
    heard = [turn["answer"] for turn in turns if turn.get("answer")]
    out = ["", "[bold]Transcript[/bold]"]
    for turn in turns:
        out += [f"[cyan]Viva[/cyan]       {turn['prompt']}", f"[green]Candidate[/green]  {turn.get('answer') or '—'}"]
    out += ["", f"[bold]Word error rate[/bold]  {word_error_rate(spoken, heard):.2f} over {len(spoken)} spoken answers"]
    out += ["[bold]Scores[/bold]"]
    out += [f"  {name:<22} {'—' if score is None else score}" for name, score in report["scores"].items()]
    out += [f"  {'overall':<22} {report['overall']}", f"  {'recommendation':<22} {report['recommendation']}"]
    return out
