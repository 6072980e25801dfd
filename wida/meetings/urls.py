from django.urls import path

from wida.meetings import views

app_name = "meetings"
point = "meetings/<uuid:item_id>/"
urlpatterns = [
    path("meetings/", views.meetings, name="meetings"),
    path("meetings/add/", views.add_item, name="add_item"),
    path("meetings/decisions/<uuid:decision_id>/snapshot/", views.snapshot, name="snapshot"),
    path(point, views.item, name="item"),
    path(f"{point}screen/", views.screen, name="screen"),
    path(f"{point}edit/", views.edit_item, name="edit_item"),
    path(f"{point}withdraw/", views.withdraw_item, name="withdraw_item"),
    path(f"{point}close/", views.close_item, name="close_item"),
    path(f"{point}invite/", views.invite, name="invite"),
    path(f"{point}attendance/", views.roll_call, name="roll_call"),
    path(f"{point}attendance/<uuid:invitee_id>/", views.attendance, name="attendance"),
    path(
        f"{point}attendance/<uuid:invitee_id>/withdraw/",
        views.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path(f"{point}actions/add/", views.add_action, name="add_action"),
    path(f"{point}actions/<uuid:action_id>/review/", views.review_action, name="review_action"),
    path(f"{point}actions/<uuid:action_id>/accept/", views.accept_action, name="accept_action"),
    path(f"{point}notes/add/", views.add_note, name="add_note"),
    path(f"{point}notes/<uuid:note_id>/withdraw/", views.withdraw_note, name="withdraw_note"),
    path(f"{point}points/add/", views.add_point, name="add_point"),
    path(f"{point}points/<uuid:point_id>/withdraw/", views.withdraw_point, name="withdraw_point"),
    path(f"{point}approve/", views.approve, name="approve"),
    path(f"{point}decide/", views.decide, name="decide"),
]
