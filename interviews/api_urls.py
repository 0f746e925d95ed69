"""HTTP calls of the interviews, described at `/api/docs/`. Older clients know some of them by other paths."""

from django.urls import path

from interviews.api import interviews, recording, replay, resume_calls, sessions, speech

urlpatterns = [
    path("interviews/create/", interviews.CreateInterviewView.as_view(), name="interview-create"),
    path("api/v1/interviews/", interviews.InterviewListView.as_view(), name="interview-list"),
    path("api/v1/interviews/<int:pk>/", interviews.InterviewDetailView.as_view(), name="interview-detail"),
    path("api/v1/interviews/<int:interview_id>/recording/", recording.RecordingView.as_view(), name="recording"),
    path(
        "api/v1/interviews/<int:interview_id>/recording/<int:piece_id>/",
        recording.PieceView.as_view(),
        name="recording-piece",
    ),
    path("api/v1/interviews/<int:interview_id>/replay/", replay.ReplayView.as_view(), name="replay"),
    path(
        "api/v1/interviews/<int:interview_id>/replay/operations/",
        replay.OperationsView.as_view(),
        name="replay-operations",
    ),
    path("api/v1/interviews/<int:pk>/stop/", interviews.StopInterviewView.as_view(), name="interview-stop"),
    path("api/resume/<int:resume_id>/validate-interview/", resume_calls.ValidateView.as_view(), name="resume-validate"),
    path("api/v1/interview/<int:resume_id>/validate/", resume_calls.ValidateView.as_view()),
    path("api/interview/<int:resume_id>/token/", resume_calls.TokenView.as_view(), name="resume-token"),
    path("api/v1/interview/<int:resume_id>/token/", resume_calls.TokenView.as_view()),
    path("api/v1/interview/<int:resume_id>/status/", resume_calls.StatusView.as_view(), name="resume-status"),
    path("api/interview/start/", sessions.StartView.as_view(), name="session-start"),
    path("api/interview/sessions/", sessions.SessionListView.as_view(), name="session-list"),
    path("api/interview/session/<str:session_id>/", sessions.SessionView.as_view(), name="session"),
    path("api/interview/session/<str:session_id>/status/", sessions.SessionStatusView.as_view(), name="session-status"),
    path("api/interview/results/<str:session_id>/", sessions.ResultsView.as_view(), name="session-results"),
    path("api/ai/models/status/", speech.ModelsStatusView.as_view(), name="models-status"),
    path("api/ai/transcribe/", speech.TranscribeView.as_view(), name="transcribe"),
]
