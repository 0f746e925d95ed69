"""The account pages' forms."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, BaseUserCreationForm
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.domain import people
from accounts.models import User


class SignInForm(AuthenticationForm):
    username = forms.EmailField(
        label=_("E-mail"), widget=forms.EmailInput(attrs={"autofocus": True, "autocomplete": "email"})
    )


class SignUpForm(BaseUserCreationForm[User]):
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True})
    )

    class Meta:
        model = User
        fields = ("name", "email")

    def clean_email(self) -> str:
        email = User.objects.normalise(self.cleaned_data["email"])
        if people.email_taken(email):
            raise forms.ValidationError(people.TAKEN)
        return email

    def save(self, commit: bool = True) -> Any:
        user = super().save(commit=False)
        user.language = get_language() or settings.DEFAULT_LANGUAGE
        if commit:
            user.save()
        return user


class ProfileForm(forms.ModelForm[User]):
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=[(name, name) for name in sorted(available_timezones())]
    )

    class Meta:
        model = User
        fields = ("name", "language", "time_zone")
