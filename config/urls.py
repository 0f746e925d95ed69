"""Where each path leads. Every app keeps its pages in `urls.py` and its API in `api_urls.py`."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from config import health

handler400 = "config.failures.bad_request"
handler403 = "config.failures.permission_denied"
handler404 = "config.failures.not_found"
handler500 = "config.failures.server_error"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz/", health.healthz, name="healthz"),
    path("readyz/", health.readyz, name="readyz"),
    path("metrics/", health.metrics, name="metrics"),
    path("docs/", RedirectView.as_view(url="/api/docs/")),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="api-docs"),
    path("", include("accounts.api_urls")),
    path("", include("resumes.api_urls")),
    path("", include("vacancies.api_urls")),
    path("", include("interviews.api_urls")),
    path("", include("proctoring.api_urls")),
    path("", include("reports.api_urls")),
    path("", include("accounts.urls")),
    path("", include("resumes.urls")),
    path("", include("interviews.urls")),
    path("", include("reports.urls")),
]
