"""The form of the recruiters' search page."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from resumes.models import Status

ANY = ("", _("Any"))
MEANING, WORDS = "meaning", "words"
FILTERS = ("skill", "years_min", "position", "status", "language", "updated_after", "updated_before")


def _date() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("What are you looking for?"), max_length=500, required=False, widget=forms.TextInput({"type": "search"})
    )
    by = forms.ChoiceField(
        label=_("Search"),
        choices=[(MEANING, _("By meaning")), (WORDS, _("By words"))],
        widget=forms.RadioSelect,
        required=False,
    )
    skill = forms.CharField(
        label=_("Skills"),
        max_length=500,
        required=False,
        help_text=_("Several with commas: all of them must be there."),
    )
    years_min = forms.FloatField(
        label=_("Years of work, at least"), min_value=0, max_value=100, required=False,
        widget=forms.NumberInput({"step": "0.5"}),
    )  # fmt: skip
    position = forms.CharField(label=_("Position"), max_length=200, required=False)
    status = forms.ChoiceField(label=_("Status"), choices=[ANY, *Status.choices], required=False)
    language = forms.ChoiceField(label=_("Language"), choices=[ANY, *settings.LANGUAGES], required=False)
    updated_after = forms.DateField(label=_("Changed from"), required=False, widget=_date())
    updated_before = forms.DateField(label=_("Changed until"), required=False, widget=_date())

    def clean_skill(self) -> list[str]:
        return [name.strip() for name in self.cleaned_data["skill"].split(",") if name.strip()][:20]

    def clean_updated_after(self) -> datetime | None:
        day = self.cleaned_data["updated_after"]
        return datetime.combine(day, time.min, UTC) if day else None

    def clean_updated_before(self) -> datetime | None:
        """The day itself is in."""
        day = self.cleaned_data["updated_before"]
        return datetime.combine(day, time.min, UTC) + timedelta(days=1) if day and day.year < 9999 else None

    def filters(self) -> dict[str, Any]:
        """What is set, as `resumes.domain.filters.narrow` takes it."""
        return {name: self.cleaned_data[name] for name in FILTERS if self.cleaned_data[name] not in (None, "", [])}

    def by_words(self) -> bool:
        """Filters alone need no meaning."""
        return self.cleaned_data["by"] == WORDS or not self.cleaned_data["q"]
