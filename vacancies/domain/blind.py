"""All that matching may see of a resume: what somebody can do and has done, nothing of who they are."""

import msgspec

TITLE = "title"
ENGINEER = "engineer"  # a developer of an untold kind


class Line(msgspec.Struct, frozen=True, array_like=True):
    """Words of the resume, exactly as its text has them at `start` to `end`; both -1 for what was corrected later.

    `section` is one of the parser's, such as `work` or `skills`, or TITLE for a line that names a position.
    """

    text: str
    page: int = 1
    start: int = -1
    end: int = -1
    section: str = ""


class Blind(msgspec.Struct, frozen=True, array_like=True):
    """Nothing of name, photo, gender, age, address or contacts. Numbers of lines are -1 where no line shows it.

    `skills` has the lines that name each skill, the most telling first; `skill_years` the years in jobs that name it,
    or those that are told with it. `position_years` are by type of position, ENGINEER and `""` for any other.
    `languages` are ISO 639-1 with level (0 where none is told) and line. `written_in` is the resume's own language,
    `degree` and `seniority` are as in `vacancies.domain.wording`, each with its line.
    """

    lines: list[Line] = []
    skills: dict[str, list[int]] = {}
    skill_years: dict[str, float] = {}
    years: float | None = None
    years_line: int = -1
    position_years: dict[str, float] = {}
    position_lines: dict[str, int] = {}
    languages: dict[str, tuple[int, int]] = {}
    written_in: str = ""
    degree: tuple[int, int] = (0, -1)
    seniority: tuple[int, int] = (0, -1)


def pack(blind: Blind) -> bytes:
    return msgspec.json.encode(blind)


_decoder = msgspec.json.Decoder(Blind)


def unpack(data: bytes) -> Blind:
    """Raises msgspec.ValidationError for what another version made."""
    return _decoder.decode(data)
