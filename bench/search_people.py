"""Resumes for the benchmark of search: rows, words and vectors written as they are, nothing parsed.

What they hold is spread as in life: a few skills that every third resume has, hundreds that hardly any has; words by
Zipf's law. A vector is the sum of those of the resume's position and skills, and of noise that stands for its text.
"""

from typing import Any

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from resumes.domain import words
from resumes.domain.parser.taxonomy import key_of, taxonomy
from resumes.domain.search import indexes, indexing, vectors
from resumes.models import Resume, ResumeSkill, ResumeVector, ResumeWords, VectorIndex

SEED = 20261121
BATCH = 2_000
SKILLS_EACH = 6
WORDS_EACH = 120
VOCABULARY = 30_000
LANGUAGES = ("en", "zh-hans", "ru", "ko")
POSITIONS = (
    *("Backend developer", "Frontend developer", "Data engineer", "QA engineer", "Product manager", "UX designer"),
    *("后端工程师", "前端工程师", "测试工程师", "产品经理"),
    *("Бэкенд-разработчик", "Тестировщик", "Системный аналитик", "Главный бухгалтер"),
    *("백엔드 개발자", "프론트엔드 개발자", "데이터 엔지니어", "디자이너"),
)
SYLLABLES = ("ba", "ro", "ti", "ma", "len", "kos", "ver", "du", "shi", "ang", "pol", "re", "ni", "zu", "far", "es")


class People:
    """The `n`th resume is the same in every run."""

    def __init__(self) -> None:
        self.random = np.random.default_rng(SEED)
        self.skills = _by_fame()
        self.vocabulary = [_word(number) for number in range(VOCABULARY)]
        embedder = indexes.wanted()
        self.skill_vectors = embedder.embed(self.skills)
        self.position_vectors = embedder.embed(POSITIONS)
        self.fame = _zipf(len(self.skills), 0.8)
        self.frequency = _zipf(VOCABULARY, 1.0)

    def fill(self, count: int) -> VectorIndex:
        """`count` resumes in a serving index, as a whole build leaves it."""
        embedder = indexes.wanted()
        index = VectorIndex.objects.create(model=embedder.name, dimensions=embedder.dimensions, total=count)
        for start in range(1, count + 1, BATCH):
            self._write(index, range(start, min(start + BATCH, count + 1)))
        sequence = -(-count // BATCH)
        VectorIndex.objects.filter(pk=index.pk).update(sequence=sequence, done=count, swept_until=timezone.now())
        indexes.serve(index)
        return VectorIndex.objects.get(pk=index.pk)

    def _write(self, index: VectorIndex, ids: range) -> None:
        held = [self._draw(self.fame, SKILLS_EACH) for _ in ids]
        chosen = self.random.integers(0, len(POSITIONS), len(ids))
        resumes = [self._resume(pk, POSITIONS[place], some) for pk, place, some in zip(ids, chosen, held, strict=True)]
        Resume.objects.bulk_create(resumes)
        ResumeSkill.objects.bulk_create(
            ResumeSkill(resume_id=pk, key=self.skills[one]) for pk, some in zip(ids, held, strict=True) for one in some
        )
        ResumeWords.objects.bulk_create(ResumeWords(resume=resume, words=words.of(resume)) for resume in resumes)
        made = self._vectors(chosen, held)
        sequence = ids.start // BATCH + 1
        ResumeVector.objects.bulk_create(
            ResumeVector(
                index=index,
                resume_id=resume.pk,
                sequence=sequence,
                vector=vectors.packed(vector),
                **vectors.attributes(resume),
            )
            for resume, vector in zip(resumes, made, strict=True)
        )

    def _resume(self, pk: int, position: str, skills: NDArray[np.int64]) -> Resume:
        names = [self.skills[one] for one in skills]
        profile: dict[str, Any] = {
            "basics": {"label": position},
            "work": [{"position": position, "name": "Acme"}],
            "skills": [{"name": name} for name in names],
        }
        return Resume(
            pk=pk,
            name=f"Resume {pk}",
            expected_position=position,
            file="",
            file_name="resume.pdf",
            content_type="application/pdf",
            size=1,
            sha256=f"{pk:064x}",
            status=("parsed", "parsed", "parsed", "interviewed")[pk % 4],
            language=LANGUAGES[int(self.random.integers(0, 4))],
            years=float(self.random.integers(0, 250)) / 10,
            text=self._text(position, names),
            profile=profile,
        )

    def _text(self, position: str, skills: list[str]) -> str:
        drawn = [self.vocabulary[one] for one in self._draw(self.frequency, WORDS_EACH)]
        lines = [" ".join(drawn[start : start + 12]) for start in range(0, len(drawn), 12)]
        return "\n".join([position, *lines, ", ".join(skills)])

    def _vectors(self, positions: NDArray[np.int64], skills: list[NDArray[np.int64]]) -> NDArray[np.float32]:
        rows = 2 * self.position_vectors[positions] + np.stack(
            [self.skill_vectors[some].sum(axis=0) for some in skills]
        )
        rows += self.random.standard_normal(rows.shape, dtype=np.float32) * 0.08
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)

    def _draw(self, cumulated: NDArray[np.float64], count: int) -> NDArray[np.int64]:
        return np.unique(np.searchsorted(cumulated, self.random.random(count)))


def _by_fame() -> list[str]:
    """All keys of the taxonomy in an order that has nothing to do with how they are spelt."""
    keys = sorted({key_of(skill) for skill in taxonomy().names.values()})
    famous = ["python", "kubernetes", "java", "sql"]
    rest = [key for key in keys if key not in famous]
    np.random.default_rng(SEED).shuffle(rest)
    return famous + rest


def _zipf(count: int, exponent: float) -> NDArray[np.float64]:
    weights = 1.0 / np.arange(1, count + 1) ** exponent
    return np.cumsum(weights / weights.sum())


def _word(number: int) -> str:
    digits = []
    for _ in range(4):
        number, digit = divmod(number, len(SYLLABLES))
        digits.append(SYLLABLES[digit])
    return "".join(digits)


def touch(pk: int, years: float) -> None:
    """What a correction of a resume does to the index."""
    resume = Resume.objects.get(pk=pk)
    resume.years = years
    resume.save(update_fields=["years", "updated_at"])
    indexing.index(resume)
