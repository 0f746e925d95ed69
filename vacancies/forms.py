"""Forms of vacancies: requirements as rows, a file to begin from, the reason of a status."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interviews.coding import offering
from vacancies.domain import access, lifecycle, writing
from vacancies.models import Vacancy

KINDS = (("must", gettext_lazy("Must")), ("nice", gettext_lazy("Nice to have")))
PARTS = ("text", "kind", "weight")
SPARE_ROWS = 3  # for whoever has no scripts


class RequirementForm(forms.Form):
    """One row as it arrives."""

    text = forms.CharField(max_length=writing.MOST_TEXT)
    kind = forms.ChoiceField(choices=KINDS)
    weight = forms.FloatField(min_value=writing.LEAST_WEIGHT, max_value=writing.MOST_WEIGHT, required=False)


class RequirementsWidget(forms.Widget):
    """A row a requirement, in the order of the page; rows without a text do not count."""

    class Media:
        js = ("requirement-rows.js",)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        rows = [
            *({**row, "weight": _number(row.get("weight"))} for row in value or []),
            *[{"kind": "must"}] * SPARE_ROWS,
        ]
        return render_to_string(
            "vacancies/requirement_rows.html",
            {
                "name": name,
                "rows": rows,
                "kinds": KINDS,
                "weights": writing.WEIGHTS,
                "most": writing.MOST_REQUIREMENTS,
                "blank": {"kind": "must"},
            },
        )

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[dict[str, str]]:
        if not isinstance(data, MultiValueDict):
            return []
        lists = [data.getlist(f"{name}-{part}") for part in PARTS]
        rows = [dict(zip(PARTS, values, strict=True)) for values in zip(*lists, strict=False)]
        return [row for row in rows if row["text"].strip()]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return False  # no row at all is an answer too


def _number(weight: Any) -> Any:
    return f"{weight:g}" if isinstance(weight, int | float) else weight


class RequirementsField(forms.Field):
    """Rows of `Vacancy.requirements`; what is wrong is said with the number of its row."""

    widget = RequirementsWidget

    def clean(self, value: list[dict[str, str]]) -> list[dict[str, Any]]:
        if len(value) > writing.MOST_REQUIREMENTS:
            text = _("A vacancy has at most %(most)s requirements. Join some of them.")
            raise ValidationError(text % {"most": writing.MOST_REQUIREMENTS})
        forms_ = [RequirementForm(row) for row in value]
        errors = [error for number, form in enumerate(forms_, start=1) for error in _errors(form, number)]
        if errors:
            raise ValidationError(errors)
        return [writing.requirement(**form.cleaned_data) for form in forms_]

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.clean(data) != (initial or []))
        except ValidationError:
            return True


def _errors(form: RequirementForm, number: int) -> list[ValidationError]:
    found = [str(text) for texts in form.errors.values() for text in texts]
    return [ValidationError(_("Row %(number)s: %(error)s") % {"number": number, "error": text}) for text in found]


class VacancyForm(forms.ModelForm[Vacancy]):
    """The admin's form. `seen` is the vacancy's `updated_at` when the page was made: no work of others is lost."""

    requirements = RequirementsField(
        label=gettext_lazy("Requirements"),
        required=False,
        help_text=gettext_lazy("Without a weight a must counts 3 and a wish 1. A weight is from 0.1 to 100."),
    )
    code_task = forms.ChoiceField(
        label=gettext_lazy("Coding task"),
        required=False,
        help_text=gettext_lazy("Every interview for this vacancy gives it, unless the interview has one of its own."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Vacancy
        fields = (
            *("title", "company_name", "position_type", "language", "description"),
            *("requirements", "code_task", "managers"),
        )
        widgets = {"managers": forms.CheckboxSelectMultiple}
        help_texts = {
            "managers": gettext_lazy("They see this vacancy, its candidates without their contacts, and their reports.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code_task"].choices = offering.choices(self.instance.code_task)  # type: ignore[attr-defined]
        vacancy = self.instance if self.instance.pk else None
        if "managers" in self.fields:  # not for whoever only reads
            self.fields["managers"].queryset = access.possible_managers(vacancy)  # type: ignore[attr-defined]
        if vacancy is not None:
            self.initial["seen"] = self.instance.updated_at.isoformat()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if self.instance.pk:
            self._hold(values.get("seen", ""))
        return values

    def _hold(self, seen: str) -> None:
        try:
            writing.hold(self.instance.pk, datetime.fromisoformat(seen))
        except (ValueError, lifecycle.Superseded):
            text = _(
                "Somebody else has changed this vacancy since you opened it. Nothing was saved: open it in another "
                "tab, compare, and enter your changes there."
            )
            raise ValidationError(text, code="superseded") from None


class FileForm(forms.Form):
    """A vacancy's file; it is read and shown, and nothing is stored."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("PDF, DOCX or plain text, at most 10 MB."),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.docx,.txt"}),
    )


class CsvForm(forms.Form):
    """Vacancies as CSV."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV in UTF-8, at most 2 MB and 500 vacancies. Nothing is stored before you confirm."),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt"}),
    )


class ReasonForm(forms.Form):
    """Why a vacancy is closed or opened again; kept in its history."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Kept in the vacancy's history, for your colleagues."),
        widget=forms.TextInput(attrs={"size": 60}),
    )


class RankingForm(forms.Form):
    """Which of the ranked candidates are shown."""

    search = forms.CharField(label=gettext_lazy("Name or position"), max_length=100, required=False)
    least = forms.IntegerField(label=gettext_lazy("At least"), min_value=0, max_value=100, required=False)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=[("", gettext_lazy("Any")), *settings.LANGUAGES], required=False
    )
    invited = forms.ChoiceField(
        label=gettext_lazy("Invited"),
        choices=[("", gettext_lazy("All")), ("no", gettext_lazy("Not yet")), ("yes", gettext_lazy("Yes"))],
        required=False,
    )
    musts = forms.BooleanField(label=gettext_lazy("Every must is met"), required=False)
