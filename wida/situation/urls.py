from django.urls import path

from wida.situation import views

app_name = "situation"
urlpatterns = [
    path("situation/", views.situation, name="situation"),
    path("situation/withdrawn/", views.withdrawn, name="withdrawn"),
    path("situation/narrative/", views.narrative, name="narrative"),
    path("situation/dangers/add/", views.add_danger, name="add_danger"),
    path("situation/dangers/<uuid:pk>/edit/", views.edit_danger, name="edit_danger"),
    path("situation/patterns/add/", views.add_pattern, name="add_pattern"),
    path("situation/patterns/<uuid:pk>/edit/", views.edit_pattern, name="edit_pattern"),
    path("situation/incidents/add/", views.add_incident, name="add_incident"),
    path("situation/incidents/<uuid:pk>/", views.incident, name="incident"),
    path("situation/incidents/<uuid:pk>/edit/", views.edit_incident, name="edit_incident"),
    path("situation/measures/add/", views.add_measure, name="add_measure"),
    path("situation/measures/<uuid:pk>/edit/", views.edit_measure, name="edit_measure"),
    path("situation/dynamics/add/", views.add_dynamic, name="add_dynamic"),
    path("situation/dynamics/<uuid:pk>/edit/", views.edit_dynamic, name="edit_dynamic"),
    path("situation/informed/", views.informed, name="informed"),
    path("situation/informed/of/<uuid:person_id>/", views.inform, name="inform"),
    path("situation/remarks/<uuid:pk>/edit/", views.edit_remark, name="edit_remark"),
    path("situation/<slug:kind>/<uuid:pk>/", views.entry, name="entry"),
    path("situation/<slug:kind>/<uuid:pk>/remark/", views.add_remark, name="add_remark"),
    path("situation/<slug:kind>/<uuid:pk>/withdraw/", views.withdraw, name="withdraw"),
]
