"""Referrals across dossiers: somebody's own, and the work list of a house."""

from django.urls import path

from wida.referrals.views import moves, own, queue

app_name = "house_referrals"
urlpatterns = [
    path("", own.referrals, name="referrals"),
    path("new/", own.new_referral, name="new_referral"),
    path("queue/", queue.queue, name="queue"),
    path("queue/together/", queue.together, name="together"),
    path("queue/<uuid:inflow_id>/", queue.item, name="item"),
    path("queue/<uuid:inflow_id>/take/", queue.take, name="take"),
    path("queue/<uuid:inflow_id>/hand-over/", queue.hand_over, name="hand_over"),
    path("queue/<uuid:inflow_id>/put-back/", queue.put_back, name="put_back"),
    path("queue/<uuid:inflow_id>/set-aside/", queue.set_aside, name="set_aside"),
    path("queue/<uuid:inflow_id>/accept/", moves.accept_move, name="accept_move"),
    path("queue/<uuid:inflow_id>/decline/", moves.decline_move, name="decline_move"),
]
