from django.urls import path

from reports import api

urlpatterns = [
    path("api/v1/analysis/interview-report/<int:resume_id>/", api.RequestReportView.as_view(), name="report-request"),
    path("api/v1/analysis/report/<int:resume_id>/", api.ReportView.as_view(), name="report"),
]
