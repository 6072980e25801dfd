"""Who may, seen from the house: emergencies, what waits for a coordinator, and the list the law asks for."""

from django.urls import path

from wida.access import house_pages

app_name = "house_access"
urlpatterns = [
    path("emergency/", house_pages.emergency, name="emergency"),
    path("review/", house_pages.review, name="review"),
    path("categories/", house_pages.categories, name="categories"),
    path("matrix/<slug:form>/", house_pages.matrix, name="matrix"),
    path("declared/", house_pages.declared, name="declared"),
]
