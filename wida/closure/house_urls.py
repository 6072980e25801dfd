"""Dossiers whose time is over, in the house."""

from django.urls import path

from wida.closure import house_views

app_name = "house_closure"
urlpatterns = [
    path("", house_views.destructions, name="destructions"),
    path("propose/<uuid:dossier_id>/", house_views.propose_destruction, name="propose_destruction"),
    path("agree/<uuid:destruction_id>/", house_views.agree_to_destruction, name="agree_to_destruction"),
]
