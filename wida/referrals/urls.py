from django.urls import path

from wida.referrals.views import check, decisions, guided, letters, moves, own, page

app_name = "referrals"
urlpatterns = [
    path("referral/steps/<slug:name>/", guided.step, name="step"),
    path("referral/own/", own.own_referral, name="own_referral"),
    path("referral/complete/", own.complete, name="complete"),
    path("referral/moves/", moves.offers, name="offers"),
    path("referral/moves/offer/", moves.offer, name="offer"),
    path("referral/moves/<uuid:move_id>/withdraw/", moves.withdraw_offer, name="withdraw_offer"),
    path("referral/", page.referral, name="referral"),
    path("referral/criteria/", check.criteria, name="criteria"),
    path("referral/criteria/check/", check.check_criteria, name="check_criteria"),
    path("referral/criteria/<uuid:criteria_id>/versions/", page.criteria_versions, name="criteria_versions"),
    path("referral/proportionality/", check.proportionality, name="proportionality"),
    path("referral/clearance/ask/", check.ask_clearance, name="ask_clearance"),
    path("referral/clearance/<uuid:request_id>/answer/", check.answer_clearance, name="answer_clearance"),
    path("referral/youth/add/", check.consult_youth, name="consult_youth"),
    path("referral/youth/<uuid:consultation_id>/edit/", check.edit_consultation, name="edit_consultation"),
    path("referral/send-back/", decisions.send_back, name="send_back"),
    path("referral/refuse/", letters.refuse, name="refuse"),
    path("referral/letter/", letters.letter, name="letter"),
    path("referral/letter/approved/", letters.approved_letter, name="approved_letter"),
    path("referral/letter/file/", own.letter_file, name="letter_file"),
    path("referral/consult/", decisions.to_consult, name="to_consult"),
    path("referral/join/", decisions.join, name="join"),
]
