"""What has to be said of a verdict, in the reader's language."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Note(StrEnum):
    NONE = ""
    HARDLY_JUDGED = "hardly_judged"
    NEIGHBOUR = "neighbour"
    YEARS_UNKNOWN = "years_unknown"
    FEWER_YEARS = "fewer_years"
    LEVEL_UNKNOWN = "level_unknown"
    ASSUMED = "assumed"
    OTHER_WORK = "other_work"


TEXTS = {
    Note.HARDLY_JUDGED: _("A resume hardly shows this, so it counts a quarter. Ask in the interview."),
    Note.NEIGHBOUR: _("The resume shows a related skill."),
    Note.YEARS_UNKNOWN: _("The resume names the skill but not for how many years."),
    Note.FEWER_YEARS: _("The resume shows fewer years with the skill."),
    Note.LEVEL_UNKNOWN: _("The resume names the language but not the level."),
    Note.OTHER_WORK: _("The resume shows years of work, but not of this work."),
    Note.ASSUMED: _("No title says this; it is assumed from the years of work."),
}


def text(note: str) -> str:
    """Empty for an empty or unknown note."""
    return str(TEXTS[Note(note)]) if note in set(TEXTS) else ""
