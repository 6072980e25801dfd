from django.urls import path

from wida.accounts import views

app_name = "accounts"
urlpatterns = [
    path("login/", views.login, name="login"),
    path("logout/", views.logout, name="logout"),
    path("organisation/", views.organisation, name="organisation"),
    path("confirm/", views.confirm, name="confirm"),
    path("language/", views.language, name="language"),
]
