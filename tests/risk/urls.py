"""The addresses with the legend among them, wherever the product puts it."""

from django.urls import include, path

from wida.urls import urlpatterns as product

urlpatterns = [path("legend/", include("wida.risk.house_urls")), *product]
