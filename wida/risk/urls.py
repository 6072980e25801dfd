from django.urls import path

from wida.risk import views

app_name = "risk"
urlpatterns = [
    path("risk/", views.risk, name="risk"),
    path("risk/assessments/add/", views.add_assessment, name="add_assessment"),
    path("risk/assessments/<uuid:assessment_id>/", views.assessment, name="assessment"),
    path("risk/signals/add/", views.add_signal, name="add_signal"),
    path("risk/signals/<uuid:signal_id>/withdraw/", views.withdraw_signal, name="withdraw_signal"),
    path("risk/instruments/add/", views.add_instrument, name="add_instrument"),
    path("risk/instruments/<uuid:instrument_id>/edit/", views.edit_instrument, name="edit_instrument"),
    path(
        "risk/instruments/<uuid:instrument_id>/withdraw/",
        views.withdraw_instrument,
        name="withdraw_instrument",
    ),
    path("weighing/", views.weighing, name="weighing"),
    path("weighing/add/", views.add_weighing, name="add_weighing"),
    path("weighing/<uuid:weighing_id>/correct/", views.correct_weighing, name="correct_weighing"),
    path("weighing/<uuid:weighing_id>/snapshot/", views.snapshot, name="snapshot"),
]
