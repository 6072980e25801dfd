"""Below `dossiers/<number>/`."""

from django.urls import path

from wida.inspection import views

app_name = "inspection"
urlpatterns = [
    path("inspections/start/", views.start_inspection, name="start_inspection"),
    path("inspections/<uuid:inspection_id>/", views.inspection, name="inspection"),
    path("inspections/<uuid:inspection_id>/release/", views.release_inspection, name="release_inspection"),
    path("inspections/<uuid:inspection_id>/answer/", views.inspection_answer, name="inspection_answer"),
    path("inspections/<uuid:inspection_id>/answered/", views.answered_inspection, name="answered_inspection"),
]
