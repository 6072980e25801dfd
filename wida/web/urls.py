from django.urls import path

from wida.web import views

app_name = "web"
urlpatterns = [
    path("help/", views.help, name="help"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("shortcuts/", views.shortcuts, name="shortcuts"),
    path("gallery/", views.gallery, name="gallery"),
    path("gallery/<slug:page>/", views.gallery, name="gallery"),
]
