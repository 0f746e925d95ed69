"""Forms of resumes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "PDF, DOCX, plain text, a photo as JPEG or PNG, or a JSON Resume file, at most 10 MB and 100 pages."
        ),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.docx,.txt,.jpg,.jpeg,.png,.json"}),
    )
    name = forms.CharField(
        label=_("Name"), max_length=200, required=False, help_text=_("How the resume is listed. Empty: its file name.")
    )
    expected_position = forms.CharField(label=_("Position you look for"), max_length=200, required=False)


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Any number of files; which of them are resumes their import says."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(ManyFilesField, self).clean(one, initial) for one in (data or [None])]


class ImportForm(forms.Form):
    resumes = ManyFilesField(
        label=_("Files"),
        allow_empty_file=True,
        max_length=None,
        help_text=_("PDF, DOCX, plain text, photos, or ZIP archives of them: at most 10,000 files of 10 MB each."),
        widget=ManyFiles(attrs={"accept": ".pdf,.docx,.txt,.json,.jpg,.jpeg,.png,.zip"}),
    )


class CorrectionForm(forms.Form):
    """`pointer` is a field's or an entry's JSON pointer, or a section's name."""

    pointer = forms.CharField(max_length=100)
    text = forms.CharField(max_length=50_000, required=False, strip=False)
    do = forms.ChoiceField(choices=[(name, name) for name in ("put", "add", "remove")])


class HandOverForm(forms.Form):
    """The e-mail alone proves nothing, so a person has to say that they looked."""

    email = forms.EmailField(label=_("E-mail of the candidate's account"), max_length=254)
    checked = forms.BooleanField(label=_("I have made sure that this account is the person of the resume."))
