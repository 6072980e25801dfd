"""What the people of a referral type, and the usual way a referral goes."""

from django.urls import reverse

from tests import cast
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier
from wida.referrals.models import ClearanceRequest

CRITERIA = {
    "repeated_risk": "ja",
    "repeated_risk_why": "Vier tussenkomsten in een jaar.",
    "sharing_needed": "ja",
    "sharing_needed_why": "De politie en het CAW weten elk een stuk.",
    "alignment_needed": "ja",
    "alignment_needed_why": "Hulp alleen stopte het geweld niet.",
    "direct_help": "Twee keer geprobeerd, telkens afgehaakt.",
    "running_help": "Het CAW bereikt de vader niet.",
    "trajectory": "Hulp en voorwaarden samen.",
}
PROPORTIONATE = {"answer": "ja", "motivation": "De kinderen zijn in gevaar en niemand ziet alles."}
YES = {
    "answer": "ja",
    "basis": "353_2",
    "decided_on": "18/11/2026",
    "motivation": "Er lopen twee dossiers partnergeweld.",
}
CONSULTED = {
    "body": "ocj",
    "consulted_on": "17/11/2026",
    "contact": "Lies Vaarten, consulent",
    "outcome": "Het OCJ blijft betrokken.",
}
REFUSAL = {
    "ground": "voldoet_niet_aan_criteria",
    "repeated_risk_why": "Eén feit, acht jaar geleden.",
    "sharing_needed_why": "Alle diensten werken al samen.",
    "alignment_needed_why": "De hulp loopt goed.",
    "advice": "Ga verder met de gezinsbegeleiding.",
    "contact": "An Peelmans, 011 00 00 00",
}


def referred(**options) -> Dossier:
    return cast.at(cast.new_dossier(**options), Stage.REFERRED)


def url(name: str, dossier: Dossier, *args) -> str:
    return reverse(f"referrals:{name}", args=[dossier.number, *args])


def get(login: str, name: str, dossier: Dossier, *args):
    return cast.signed_in(login).get(url(name, dossier, *args))


def post(login: str, name: str, dossier: Dossier, *args, data: dict):
    return cast.signed_in(login).post(url(name, dossier, *args), data)


def check_criteria(dossier: Dossier, **changes) -> None:
    answer = post("coordinator.limburg", "check_criteria", dossier, data=CRITERIA | changes)
    assert answer.status_code == 303


def ask(dossier: Dossier, **changes) -> ClearanceRequest:
    member = str(cast.member("prosecutor.limburg").pk)
    data = {"member": member, "question": "Loopt er een onderzoek?", "due_on": "31/12/2030", **changes}
    answer = post("coordinator.limburg", "ask_clearance", dossier, data=data)
    assert answer.status_code == 303
    return ClearanceRequest.objects.get(dossier=dossier, state="gevraagd")


def clear(dossier: Dossier, **changes) -> None:
    request = ask(dossier)
    answer = post("prosecutor.limburg", "answer_clearance", dossier, request.pk, data=YES | changes)
    assert answer.status_code == 303


def approve(dossier: Dossier, version: int = 1):
    return post("coordinator.limburg", "letter", dossier, data={"read": "on", "version": version})


def refuse(dossier: Dossier, **changes):
    """The letter is written, read over and approved."""
    answer = post("coordinator.limburg", "refuse", dossier, data=REFUSAL | changes)
    assert (answer.status_code, answer["Location"]) == (303, url("letter", dossier))
    return approve(dossier)
