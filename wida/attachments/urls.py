from django.urls import path

from wida.attachments import views

app_name = "attachments"
urlpatterns = [
    path("attachments/", views.attachments, name="attachments"),
    path("attachments/add/", views.add_attachment, name="add_attachment"),
    path("attachments/<uuid:attachment_id>/", views.download, name="download"),
    path("attachments/<uuid:attachment_id>/original/", views.original, name="original"),
    path("attachments/<uuid:attachment_id>/withdraw/", views.withdraw_attachment, name="withdraw_attachment"),
]
