"""The meetings of a house, across dossiers."""

from django.urls import path

app_name = "house_meetings"
urlpatterns: list = []
