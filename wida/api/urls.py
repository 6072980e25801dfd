"""The addresses for systems, and what describes them. Nobody signs in here: a bearer token says who asks."""

from django.urls import path

from wida.accounts.middleware import public
from wida.api import views
from wida.api.api import api

app_name = "api"
urlpatterns = [path("docs", views.docs, name="docs"), path("openapi.json", views.openapi, name="openapi")]

for pattern in api.urls[0]:
    # Ninja gives each address a function without a name.
    if pattern.name and pattern.name != "api-root":
        pattern.callback.__name__ = pattern.name
        urlpatterns.append(pattern)
        public(pattern.callback)
