"""The API of resumes."""

from django.urls import path

from resumes import api, exchange_api

urlpatterns = [
    path("users/resume/list/", api.OwnResumesView.as_view(), name="api-own-resumes"),
    path("api/v1/resume/upload/", api.UploadView.as_view(), name="api-resume-upload"),
    path("api/v1/resume/", api.ResumesView.as_view(), name="api-resumes"),
    path("api/v1/resume/search/", api.SearchView.as_view(), name="api-resume-search"),
    path("api/v1/resume/<int:pk>/", api.ResumeView.as_view(), name="api-resume"),
    path("api/v1/resume/<int:pk>/json/", exchange_api.JsonResumeView.as_view(), name="api-resume-json"),
]
