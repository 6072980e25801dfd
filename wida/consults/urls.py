"""Tracks 0 and 1 of a Safe Home."""

from django.urls import path

from wida.consults import views

app_name = "consults"
urlpatterns = [
    path("", views.consults, name="consults"),
    path("add/", views.add_consult, name="add_consult"),
    path("groups/", views.sessions, name="sessions"),
    path("groups/add/", views.add_session, name="add_session"),
    path("groups/<uuid:session_id>/withdraw/", views.withdraw_session, name="withdraw_session"),
    path("<uuid:consult_id>/", views.consult, name="consult"),
    path("<uuid:consult_id>/withdraw/", views.withdraw_consult, name="withdraw_consult"),
]
