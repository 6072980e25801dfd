from django.urls import path

from wida.closure import views

app_name = "closure"
urlpatterns = [
    path("closure/", views.closure, name="closure"),
    path("closure/summary/", views.summary, name="summary"),
    path("closure/watch/", views.start_watch, name="start_watch"),
    path("closure/contacts/add/", views.add_contact, name="add_contact"),
    path("closure/contacts/<uuid:contact_id>/", views.report_contact, name="report_contact"),
    path("closure/contacts/<uuid:contact_id>/withdraw/", views.withdraw_contact, name="withdraw_contact"),
    path("closure/resume/", views.resume, name="resume"),
    path("closure/close/", views.close, name="close"),
]
