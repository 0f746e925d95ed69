"""The form that begins an interview."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from interviews.domain import creation
from interviews.models import Interview, PositionType
from resumes.domain.access import usable_by
from resumes.models import Resume

LONGEST_TEXT = 10_000


class NewInterviewForm(forms.Form):
    """Offers the person's own resumes that have been read; `initial_for` fills the rest from one of them."""

    resume = forms.ModelChoiceField(
        label=_("Resume"),
        queryset=Resume.objects.none(),
        empty_label=None,
        help_text=_("Some of the questions will be about it."),
    )
    position_name = forms.CharField(label=_("Position"), max_length=200)
    position_type = forms.ChoiceField(label=_("Kind of position"), choices=PositionType.choices)
    company_name = forms.CharField(label=_("Company"), max_length=200, required=False)
    position_description = forms.CharField(
        label=_("What the position is about"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    language = forms.ChoiceField(label=_("Language of the interview"), choices=settings.LANGUAGES)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.resumes = usable_by(user).defer("text")
        field = self.fields["resume"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # declared above
        field.queryset = self.resumes

    def save(self) -> Interview:
        """The new interview; of a form sent twice the one it made first. Raises what `creation.create` does."""
        return creation.create_once(self.user, **self.cleaned_data)


def initial_for(resume: Resume | None, language: str) -> dict[str, Any]:
    """What the form shows first."""
    if resume is None:
        return {"language": language}
    guessed = creation.position(resume.expected_position)
    return {
        "resume": resume.pk,
        "position_name": resume.expected_position,
        "position_type": guessed["position_type"],
        "language": resume.language or language,
    }
