from django.urls import path

from wida.drafts import views

app_name = "drafts"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("ready/", views.ready, name="ready"),
    path("<uuid:draft_id>/", views.draft, name="draft"),
    path("<uuid:draft_id>/discard/", views.discard, name="discard"),
]
