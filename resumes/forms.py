"""The upload form."""

from django import forms
from django.utils.translation import gettext_lazy as _


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, DOCX or plain text, at most 10 MB and 100 pages."),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.docx,.txt"}),
    )
    name = forms.CharField(
        label=_("Name"), max_length=200, required=False, help_text=_("How the resume is listed. Empty: its file name.")
    )
    expected_position = forms.CharField(label=_("Position you look for"), max_length=200, required=False)
