from django.urls import path

from wida.audit import views

app_name = "audit"
urlpatterns = [
    path("looks/", views.looks, name="looks"),
    path("looks/<uuid:event_id>/ask/", views.ask, name="ask"),
    path("looks/<uuid:event_id>/judge/", views.judge, name="judge"),
    path("looks/questions/<uuid:question_id>/answer/", views.answer, name="answer"),
]
