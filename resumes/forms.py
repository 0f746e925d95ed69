"""Forms of resumes."""

from django import forms
from django.utils.translation import gettext_lazy as _


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, DOCX, plain text, or a photo as JPEG or PNG, at most 10 MB and 100 pages."),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.docx,.txt,.jpg,.jpeg,.png"}),
    )
    name = forms.CharField(
        label=_("Name"), max_length=200, required=False, help_text=_("How the resume is listed. Empty: its file name.")
    )
    expected_position = forms.CharField(label=_("Position you look for"), max_length=200, required=False)


class HandOverForm(forms.Form):
    """The e-mail alone proves nothing, so a person has to say that they looked."""

    email = forms.EmailField(label=_("E-mail of the candidate's account"), max_length=254)
    checked = forms.BooleanField(label=_("I have made sure that this account is the person of the resume."))
