from django.urls import path

from wida.referrals import views

app_name = "referrals"
urlpatterns = [
    path("referral/", views.referral, name="referral"),
    path("referral/criteria/", views.criteria, name="criteria"),
    path("referral/criteria/check/", views.check_criteria, name="check_criteria"),
    path("referral/criteria/<uuid:criteria_id>/versions/", views.criteria_versions, name="criteria_versions"),
    path("referral/proportionality/", views.proportionality, name="proportionality"),
    path("referral/clearance/ask/", views.ask_clearance, name="ask_clearance"),
    path("referral/clearance/<uuid:request_id>/answer/", views.answer_clearance, name="answer_clearance"),
    path("referral/youth/add/", views.consult_youth, name="consult_youth"),
    path("referral/youth/<uuid:consultation_id>/edit/", views.edit_consultation, name="edit_consultation"),
    path("referral/send-back/", views.send_back, name="send_back"),
    path("referral/refuse/", views.refuse, name="refuse"),
    path("referral/join/", views.join, name="join"),
]
