from django.urls import path

from accounts import api

urlpatterns = [
    path("api/v1/auth/register/", api.RegisterView.as_view()),
    path("api/v1/auth/token/", api.TokenView.as_view()),
    path("api/v1/auth/token/refresh/", api.RefreshView.as_view()),
    path("api/v1/auth/logout/", api.LogoutView.as_view()),
    path("api/v1/consents/", api.ConsentsView.as_view(), name="consents"),
]
