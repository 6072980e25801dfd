from django.urls import path

from wida.accounts.views import account, entry, keys, lost, organisations, people, provider

app_name = "accounts"
urlpatterns = [
    path("login/", entry.login, name="login"),
    path("logout/", entry.logout, name="logout"),
    path("organisation/", entry.organisation, name="organisation"),
    path("confirm/", entry.confirm, name="confirm"),
    path("confirmed/", entry.confirmed, name="confirmed"),
    path("language/", entry.language, name="language"),
    path("second-factor/", entry.second_factor, name="second_factor"),
    path("profile/", account.profile, name="profile"),
    path("profile/app/", account.add_app, name="add_app"),
    path("profile/passkey/", account.add_passkey, name="add_passkey"),
    path("profile/factors/<int:factor_id>/remove/", account.remove_factor, name="remove_factor"),
    path("profile/recovery-codes/", account.recovery_codes, name="recovery_codes"),
    path("profile/password/", account.password, name="password"),
    path("profile/sessions/end/", account.end_session, name="end_session"),
    path("invitation/<str:token>/", account.invitation, name="invitation"),
    path("people/", people.people, name="people"),
    path("people/add/", people.add_person, name="add_person"),
    path("people/<uuid:user_id>/", people.person, name="person"),
    path("people/<uuid:user_id>/change/", people.change_person, name="change_person"),
    path("people/<uuid:user_id>/roles/add/", people.add_membership, name="add_membership"),
    path(
        "people/<uuid:user_id>/roles/<uuid:membership_id>/end/", people.end_membership, name="end_membership"
    ),
    path("organisations/", organisations.organisations, name="organisations"),
    path(
        "organisations/<uuid:organisation_id>/code/",
        organisations.organisation_code,
        name="organisation_code",
    ),
    path("keys/", keys.keys, name="keys"),
    path("lost-factors/", lost.lost_factors, name="lost_factors"),
    path("lost-factors/<uuid:reset_id>/confirm/", lost.confirm_reset, name="confirm_reset"),
    path("provider/", provider.to_provider, name="to_provider"),
    path("provider/back/", provider.from_provider, name="from_provider"),
]
