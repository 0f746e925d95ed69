from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [path("interviews/<int:pk>/report/", views.ReportView.as_view(), name="detail")]
