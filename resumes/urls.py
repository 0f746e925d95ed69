"""Pages of resumes."""

from django.urls import path

from resumes import views

app_name = "resumes"
urlpatterns = [
    path("resumes/", views.index, name="list"),
    path("resumes/upload/", views.upload, name="upload"),
    path("resumes/<int:pk>/", views.detail, name="detail"),
    path("resumes/<int:pk>/correct/", views.correct, name="correct"),
    path("resumes/<int:pk>/pages/<int:number>/", views.page, name="page"),
    path("resumes/<int:pk>/delete/", views.delete, name="delete"),
    path("resumes/<int:pk>/hand-over/", views.hand_over, name="hand-over"),
    path("resumes/<int:pk>/file/", views.file, name="file"),
]
