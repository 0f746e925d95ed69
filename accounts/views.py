"""Sign-up, sign-in, password reset, profile and language pages."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, views
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, UpdateView

from accounts.domain import people
from accounts.domain.languages import normalise
from accounts.forms import ProfileForm, SignInForm, SignUpForm
from accounts.models import User
from config.api import person

YEAR = 365 * 24 * 3600


class SignInView(views.LoginView):
    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


class SignUpView(CreateView[User, SignUpForm]):
    template_name = "accounts/sign_up.html"
    form_class = SignUpForm
    success_url = reverse_lazy("interviews:home")

    def form_valid(self, form: SignUpForm) -> HttpResponse:
        try:
            with people.unique_email():
                response = super().form_valid(form)
        except people.EmailTaken:
            form.add_error("email", people.TAKEN)
            return self.form_invalid(form)
        assert isinstance(self.object, User)  # noqa: S101  # CreateView has just saved it
        login(self.request, self.object)
        return response


class ProfileView(LoginRequiredMixin, UpdateView[User, ProfileForm]):
    template_name = "accounts/profile.html"
    form_class = ProfileForm
    success_url = reverse_lazy("accounts:profile")

    def get_object(self, queryset: object = None) -> User:
        return person(self.request)

    def form_valid(self, form: ProfileForm) -> HttpResponse:
        messages.success(self.request, _("Saved."))
        return super().form_valid(form)


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remembers the language in this browser and, for a person signed in, on their account."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        target = resolve_url("interviews:home")
    response = HttpResponseRedirect(target)
    if language := normalise(request.POST.get("language")):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, samesite="Lax", secure=settings.SECURE_COOKIES
        )
        if isinstance(request.user, User):
            people.choose_language(request.user, language)
    return response
