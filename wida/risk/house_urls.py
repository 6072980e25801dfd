"""The legend of the weighing: one for all houses, so apart from any dossier."""

from django.urls import path

from wida.risk import views

app_name = "house_risk"
urlpatterns = [
    path("", views.legend, name="legend"),
    path("add/", views.add_legend, name="add_legend"),
]
