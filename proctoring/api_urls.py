"""Paths of the proctoring API."""

from django.urls import path

from proctoring import api

urlpatterns = [
    path("api/v1/interviews/<int:interview_id>/events/", api.EventsView.as_view(), name="events"),
    path(
        "api/v1/interviews/<int:interview_id>/events/<int:event_id>/frame/", api.FrameView.as_view(), name="event-frame"
    ),
]
