"""The meetings of a house, across dossiers."""

from django.urls import path

from wida.meetings import house_views

app_name = "house_meetings"
urlpatterns = [
    path("", house_views.meetings, name="meetings"),
    path("add/", house_views.call_meeting, name="call_meeting"),
    path("<uuid:meeting_id>/", house_views.meeting, name="meeting"),
    path("<uuid:meeting_id>/edit/", house_views.edit_meeting, name="edit_meeting"),
    path("<uuid:meeting_id>/cancel/", house_views.cancel_meeting, name="cancel_meeting"),
]
