"""Whether a resume shows at all what a requirement asks for: what it does not show, the interview asks about.

This is no score (see `vacancies.domain.matching`): it needs no model and says the same at every time.
"""

import re
from collections.abc import Iterator
from typing import Any

from resumes.domain.parser import skills
from resumes.models import Resume
from vacancies.domain import wording, wording_languages
from vacancies.domain.requirements import Need

MOST_TEXT = 50_000
TOLD = 0.6  # of a requirement's words, where it names nothing that is known
LONGEST_STEM = 5  # letters: a word's ending changes with its case
WORD = re.compile(r"[^\W\d_]{3,}|[\u3400-\u9fff\uac00-\ud7a3]{2}")
SEEN = ("basics", "work", "projects", "skills", "education", "languages", "certificates", "volunteer")


class Shown:
    """One resume, read once for all requirements of a vacancy."""

    def __init__(self, resume: Resume) -> None:
        profile = resume.profile if isinstance(resume.profile, dict) else {}
        parts = {name: "\n".join(_texts(profile.get(name))) for name in SEEN}
        self.text = "\n".join(parts.values())[:MOST_TEXT]
        self.years = resume.years or 0
        self.languages = wording_languages.told(parts["languages"] or self.text)
        self.degree = wording.highest_degree(parts["education"])
        listed = {skills.key_of(name) for name in _texts(profile.get("skills"))}  # `Go`, a plain word elsewhere
        self.skills = listed | {key for key, _start, _end in skills.find(self.text)}
        self.words = set(_stems(self.text))

    def shows(self, need: Need) -> bool:
        """Every skill (or one that stands for it), enough years, the languages, the degree; else most of its words."""
        if need.years and self.years < need.years:
            return False
        if need.skills:
            return all(self.skills.intersection(group) for group in need.skills)
        if need.languages:
            spoken = [self._speaks(code, level) for code, level in need.languages]
            return any(spoken) if need.any_language else all(spoken)
        if need.degree:
            return self.degree >= need.degree
        return bool(need.years) or self._tells(need.topic or need.text)

    def _speaks(self, code: str, level: int) -> bool:
        """A level that the resume does not tell is no reason to doubt."""
        return code in self.languages and (self.languages[code] or level) >= level

    def _tells(self, text: str) -> bool:
        wanted = set(_stems(text))
        return bool(wanted) and len(wanted & self.words) >= TOLD * len(wanted)


def _stems(text: str) -> Iterator[str]:
    for match in WORD.finditer(text.casefold()):
        yield match.group()[:LONGEST_STEM]


def _texts(value: Any) -> Iterator[str]:
    """Every text inside, in order; a profile may have been written by anybody."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)
