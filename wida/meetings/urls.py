from django.urls import path

from wida.meetings import views

app_name = "meetings"
urlpatterns = [
    path("meetings/", views.meetings, name="meetings"),
    path("meetings/add/", views.add_item, name="add_item"),
    path("meetings/<uuid:item_id>/", views.item, name="item"),
    path("meetings/<uuid:item_id>/invite/", views.invite, name="invite"),
    path("meetings/<uuid:item_id>/attendance/<uuid:invitee_id>/", views.attendance, name="attendance"),
    path("meetings/<uuid:item_id>/notes/add/", views.add_note, name="add_note"),
    path("meetings/<uuid:item_id>/points/add/", views.add_point, name="add_point"),
    path("meetings/<uuid:item_id>/approve/", views.approve, name="approve"),
    path("meetings/<uuid:item_id>/decide/", views.decide, name="decide"),
]
