"""What people type about a family, with sensible answers to change one by one."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from tests import cast
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier
from wida.people.models import Person


def formed() -> Dossier:
    """A dossier in which the partners were asked to share."""
    return cast.at(cast.new_dossier(), Stage.FORMING)


def person(dossier: Dossier, given_name: str) -> str:
    return str(next(one.pk for one in Person.objects.of(dossier) if one.given_name == given_name))


def url(name: str, dossier: Dossier, *args) -> str:
    return reverse(f"situation:{name}", args=[dossier.number, *args])


def post(client, name: str, dossier: Dossier, data: dict, *args):
    return client.post(url(name, dossier, *args), data)


def page(client, dossier: Dossier, **asked: str) -> str:
    return client.get(url("situation", dossier), asked).content.decode()


def day(days: int) -> str:
    """So many days from today, as somebody types it."""
    return f"{timezone.localdate() + timedelta(days=days):%d/%m/%Y}"


def incident(dossier: Dossier, **changes) -> dict:
    return {
        "kind": "geweldsincident",
        "precision": "dag",
        "begins_on": "2/8/2024",
        "ends_on": "",
        "at": "23.30",
        "froms": [person(dossier, "Youri")],
        "towards": [person(dossier, "Kelly")],
        "children_present": "ja",
        "witnesses": [person(dossier, "Noa")],
        "forms": ["fysiek"],
        "account": "Slagen in het gezicht, in de keuken.",
        "impact": "Noa slaapt slecht.",
        "response": "De patrouille bracht Kelly naar spoed.",
        "source": "politie",
        "source_note": "Verhoor van 3 augustus",
        "reliability": "vastgesteld",
        "report_number": "TG.43.L1.001234/2024",
    } | changes


def pattern(dossier: Dossier, **changes) -> dict:
    return {
        "giver": person(dossier, "Youri"),
        "receivers": [person(dossier, "Kelly")],
        "forms": ["fysiek", "psychisch"],
        "relation": "partnergeweld",
        "frequency": "maandelijks",
        "since": "2022",
        "ongoing": "ja",
        "until": "",
        "note": "Na het drinken.",
    } | changes


def measure(dossier: Dossier, **changes) -> dict:
    return {
        "kind": "tijdelijk_huisverbod",
        "subjects": [person(dossier, "Youri")],
        "protected": [person(dossier, "Kelly"), person(dossier, "Noa")],
        "begins_on": day(-5),
        "ends_on": day(9),
        "extended_until": "",
        "issued_by": "procureur",
        "reference": "",
        "conditions": "Geen contact met Kelly.",
    } | changes


def dynamic(dossier: Dossier, **changes) -> dict:
    return {
        "first": person(dossier, "Youri"),
        "second": person(dossier, "Kelly"),
        "profile": "intiem_terrorisme",
        "on": day(-30),
        "grounds": "Hij controleert haar telefoon en haar geld.",
        "doubts": "",
    } | changes


def danger(**changes) -> dict:
    return {"on": day(0), "acute": "ja", "what": "Hij dreigde met een mes.", "done": "101 gebeld."} | changes


def informed(**changes) -> dict:
    return {
        "state": "geinformeerd",
        "on": day(-3),
        "by_whom": "Lotte van het CAW",
        "why_not": "",
        "why_not_note": "",
        "reconsider_on": "",
        "wishes": "",
    } | changes


def not_yet(**changes) -> dict:
    return informed(
        state="nog_niet",
        on="",
        by_whom="",
        why_not="niet_veilig",
        why_not_note="Hij leest haar telefoon.",
        reconsider_on=day(14),
        **changes,
    )
