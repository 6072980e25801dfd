"""Reports that wait outside any Safe Home, for who can say where they go."""

from django.urls import path

from wida.api import house_views as views

app_name = "house_api"
urlpatterns = [
    path("unplaced/", views.unplaced, name="unplaced"),
    path("unplaced/<uuid:report_id>/place/", views.place_report, name="place_report"),
]
