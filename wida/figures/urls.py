"""Figures, apart from any dossier."""

from django.urls import path

from wida.figures import views

app_name = "house_figures"
urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/export/", views.export_figures, name="export_figures"),
]
