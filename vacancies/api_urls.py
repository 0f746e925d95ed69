"""The API of vacancies."""

from django.urls import path

from vacancies import api

urlpatterns = [
    path("api/v1/vacancy/", api.VacanciesView.as_view(), name="api-vacancies"),
    path("api/v1/vacancy/parse/", api.ParseView.as_view(), name="api-vacancy-parse"),
    path("api/v1/vacancy/import/", api.ImportView.as_view(), name="api-vacancy-import"),
    path("api/v1/vacancy/export/", api.ExportView.as_view(), name="api-vacancy-export"),
    path("api/v1/vacancy/<int:pk>/", api.VacancyView.as_view(), name="api-vacancy"),
    path("api/v1/vacancy/<int:pk>/candidates/", api.CandidatesView.as_view(), name="api-vacancy-candidates"),
    path("api/v1/resume/<int:pk>/vacancies/", api.ResumeVacanciesView.as_view(), name="api-resume-vacancies"),
    path("api/v1/vacancy/<int:pk>/interviews/", api.InvitationView.as_view(), name="api-vacancy-interviews"),
]
