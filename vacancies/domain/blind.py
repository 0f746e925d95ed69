"""All that matching may see of a resume: what somebody can do and has done, nothing of who they are."""

import msgspec


class Line(msgspec.Struct, frozen=True, array_like=True):
    """Words of the resume, exactly as its text has them at `start` to `end`; both -1 for what was corrected later."""

    text: str
    page: int = 1
    start: int = -1
    end: int = -1
    section: str = ""


class Blind(msgspec.Struct, frozen=True, array_like=True):
    """Nothing of name, photo, gender, age, address or contacts."""

    lines: list[Line] = []
