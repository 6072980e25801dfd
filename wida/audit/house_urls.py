"""The trail apart from any dossier."""

from django.urls import path

from wida.audit import house_views

app_name = "house_audit"
urlpatterns = [
    path("odd-looks/", house_views.odd_looks, name="odd_looks"),
    path("trail/", house_views.events, name="events"),
    path("trail/export/", house_views.export_events, name="export_events"),
    path("trail/purposes/", house_views.purposes, name="purposes"),
    path("trail/purposes/export/", house_views.export_purposes, name="export_purposes"),
]
