from django.contrib.auth import views as auth
from django.urls import path, reverse_lazy

from accounts import views
from accounts.limits import limited

app_name = "accounts"
RESET = {
    "template_name": "accounts/reset.html",
    "email_template_name": "accounts/reset_email.txt",
    "subject_template_name": "accounts/reset_subject.txt",
    "success_url": reverse_lazy("accounts:reset-sent"),
}
CONFIRM = {"template_name": "accounts/reset_confirm.html", "success_url": reverse_lazy("accounts:reset-done")}

urlpatterns = [
    path("accounts/sign-in/", limited("sign_in")(views.SignInView.as_view()), name="sign-in"),
    path("accounts/sign-up/", limited("sign_up")(views.SignUpView.as_view()), name="sign-up"),
    path("accounts/sign-out/", auth.LogoutView.as_view(), name="sign-out"),
    path("accounts/profile/", views.ProfileView.as_view(), name="profile"),
    path("accounts/language/", views.set_language, name="language"),
    path("accounts/reset/", limited("sign_up")(auth.PasswordResetView.as_view(**RESET)), name="reset"),
    path(
        "accounts/reset/sent/",
        auth.PasswordResetDoneView.as_view(template_name="accounts/reset_sent.html"),
        name="reset-sent",
    ),
    path("accounts/reset/<uidb64>/<token>/", auth.PasswordResetConfirmView.as_view(**CONFIRM), name="reset-confirm"),
    path(
        "accounts/reset/done/",
        auth.PasswordResetCompleteView.as_view(template_name="accounts/reset_done.html"),
        name="reset-done",
    ),
]
