"""Pages of the interviews."""

from django.urls import path

from interviews import views

app_name = "interviews"
urlpatterns = [
    path("", views.home, name="home"),
    path("interviews/", views.index, name="list"),
    path("interviews/new/", views.create, name="create"),
    path("interviews/<int:pk>/", views.detail, name="detail"),
    path("interviews/<int:pk>/room/", views.room, name="room"),
    path("interviews/<int:pk>/streaming/", views.streaming, name="streaming"),
]
