"""Forms about code tasks: to write one, to try it, to pin it."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interviews.coding import bank_format, offering
from interviews.coding.definitions import Task
from interviews.models import CodingTask

MOST_SOURCE = 64 * 1024
CODE = {"class": "code", "spellcheck": "false", "wrap": "off"}


class CodingTaskForm(forms.ModelForm[CodingTask]):
    """The document, with every fault named. `seen` is the task's `updated_at` when the page was made."""

    document = forms.CharField(
        label=gettext_lazy("Task"),
        strip=False,
        widget=forms.Textarea(attrs={**CODE, "rows": 36}),
        help_text=gettext_lazy("YAML, as docs/tasks.md describes it."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    task: Task | None = None

    class Meta:
        model = CodingTask
        fields = ("document", "active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = self.instance.updated_at.isoformat()

    def clean_document(self) -> str:
        text = str(self.cleaned_data["document"]).replace("\r\n", "\n")
        try:
            self.task = bank_format.load(text, bank_format.MINE)
        except bank_format.BadDocument as error:
            raise ValidationError([str(fault) for fault in error.faults]) from None
        self._check_id(self.task.task_id)
        return text

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if self.instance.pk and not self._is_latest(values.get("seen", "")):
            text = _("Somebody else has changed this task since you opened it. Nothing was saved.")
            raise ValidationError(text, code="superseded")
        return values

    def _check_id(self, task_id: str) -> None:
        if self.instance.pk and task_id != self.instance.task_id:
            text = _("The id must stay “%(task_id)s”: vacancies and interviews name the task by it.")
            raise ValidationError(text % {"task_id": self.instance.task_id})
        if not self.instance.pk and CodingTask.objects.filter(task_id=task_id).exists():
            raise ValidationError(_("Another task has the id “%(task_id)s”.") % {"task_id": task_id})

    def _is_latest(self, seen: str) -> bool:
        """Keeps others from changing the task until the admin's transaction ends, so that it still is when saved."""
        held = CodingTask.objects.select_for_update().filter(pk=self.instance.pk).values_list("updated_at", flat=True)
        try:
            return list(held) == [datetime.fromisoformat(seen)]
        except ValueError:
            return False


class TryForm(forms.Form):
    """A program, to be run against a task's tests."""

    language = forms.ChoiceField(label=gettext_lazy("Language"))
    source = forms.CharField(
        label=gettext_lazy("Program"),
        max_length=MOST_SOURCE,
        strip=False,
        widget=forms.Textarea(attrs={**CODE, "rows": 22}),
    )

    def __init__(self, languages: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages  # type: ignore[attr-defined]

    def clean_source(self) -> str:
        return str(self.cleaned_data["source"]).replace("\r\n", "\n")


class PinForm(forms.Form):
    """Which task an interview gives."""

    code_task = forms.ChoiceField(label=gettext_lazy("Coding task"), required=False)

    def __init__(self, current: str, data: Any = None) -> None:
        super().__init__(data, initial={"code_task": current})
        self.fields["code_task"].choices = offering.choices(current)  # type: ignore[attr-defined]
