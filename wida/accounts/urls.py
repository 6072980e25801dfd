from django.urls import path

from wida.accounts.views import entry, provider

app_name = "accounts"
urlpatterns = [
    path("login/", entry.login, name="login"),
    path("logout/", entry.logout, name="logout"),
    path("organisation/", entry.organisation, name="organisation"),
    path("confirm/", entry.confirm, name="confirm"),
    path("confirmed/", entry.confirmed, name="confirmed"),
    path("language/", entry.language, name="language"),
    path("provider/", provider.to_provider, name="to_provider"),
    path("provider/back/", provider.from_provider, name="from_provider"),
]
