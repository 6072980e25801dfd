from django.urls import path

from wida.sharing import views

app_name = "sharing"
urlpatterns = [
    path("sharing/", views.sharing, name="sharing"),
    path("sharing/ask/", views.ask, name="ask"),
    path("sharing/ask/core/", views.ask_core, name="ask_core"),
    path("sharing/ask/<slug:lane>/", views.ask_lane, name="ask_lane"),
    path("sharing/lanes/<uuid:lane_id>/remind/", views.remind, name="remind"),
    path("sharing/lanes/<uuid:lane_id>/contribute/", views.contribute, name="contribute"),
    path("sharing/lanes/<uuid:lane_id>/withdraw/", views.withdraw, name="withdraw"),
    path("sharing/lanes/<uuid:lane_id>/versions/", views.versions, name="versions"),
]
