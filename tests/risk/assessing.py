"""Filling in the forms of the risk assessment and the weighing, as a browser sends them."""

import re
import uuid
from datetime import date, timedelta

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape

from tests import cast
from wida.dossiers.codes import LifeDomain, Stage
from wida.dossiers.models import Dossier
from wida.people.queries import names
from wida.risk.codes import CODES
from wida.risk.models import Assessment, Weighing

POLICE, WELFARE, HOUSE = "liaison.police-limburg", "liaison.caw-limburg", "coordinator.limburg"
MOTIVATED = ("aanwezig", "vermoeden")


def shared(stage: Stage = Stage.FORMING) -> Dossier:
    """A dossier that partners share."""
    return cast.at(cast.new_dossier(), stage)


def day(ago: int = 0) -> date:
    return timezone.localdate() - timedelta(days=ago)


def typed(ago: int = 0) -> str:
    return day(ago).strftime("%d/%m/%Y")


def answers(
    *, version: int = 0, ago: int = 0, review: str = "", past: str = "", more=None, **scores: str
) -> dict:
    """A whole form: everything unknown but the `scores` given by code, each with a motivation.

    `past` names a factor that was there longer ago; `more` are fields as they are called in the form.
    """
    data = {
        "form_key": str(uuid.uuid4()),
        "version": str(version),
        "assessed_on": typed(ago),
        "level": "middel",
        "imminence": "maanden",
        "motivation": "Het blijft onrustig.",
    }
    for code in CODES:
        score = scores.get(str(code), "onbekend")
        data |= {f"{code}-present": score, f"{code}-past": "aanwezig" if code == past else "onbekend"}
        data[f"{code}-motivation"] = f"Vastgesteld: {code}." if score in MOTIVATED or code == past else ""
        if review:
            data[f"{code}-review"] = review
    data |= {f"{domain}-state": "onbekend" for domain in LifeDomain}
    return data | (more or {})


def assess(login: str, dossier: Dossier, data: dict | None = None, **scores):
    """Sends an assessment for somebody's organisation."""
    return cast.signed_in(login).post(url("add_assessment", dossier), data or answers(**scores))


def assessed(login: str, dossier: Dossier, **scores) -> Assessment:
    """An assessment that was recorded; unchanged scores of a later one are told not to be looked at again."""
    mine = Assessment.objects.of(dossier).by_organisation(cast.actor(login).organisation_id)
    data = answers(version=mine.count(), **scores) | {"rest_not_reviewed": "on"}
    answer = assess(login, dossier, data)
    assert answer.status_code == 303, faults(answer)
    return mine.order_by("-version").first()


def weighing(*, version: int = 0, ago: int = 0, colour: str = "rood", **more) -> dict:
    return {
        "form_key": str(uuid.uuid4()),
        "version": str(version),
        "colour": colour,
        "motivation": "Geweld naar de keel, met de kinderen in huis.",
        "weighed_on": typed(ago),
        "meeting": "casusoverleg",
        **more,
    }


def weigh(login: str, dossier: Dossier, data: dict | None = None, **more):
    return cast.signed_in(login).post(url("add_weighing", dossier), data or weighing(**more))


def weighed(login: str, dossier: Dossier, **more) -> Weighing:
    count = Weighing.objects.of(dossier).count()
    answer = weigh(login, dossier, weighing(version=count, **more))
    assert answer.status_code == 303, faults(answer)
    return Weighing.objects.of(dossier).get(version=count + 1)


def signal(**more) -> dict:
    return {
        "form_key": str(uuid.uuid4()),
        "flag": "doodsbedreiging",
        "state": "aanwezig",
        "seen_on": typed(1),
        "account": "Sms: je zult het niet meer meemaken.",
        "source": "gesprek van gisteren",
        **more,
    }


def told(login: str, dossier: Dossier, **more):
    answer = cast.signed_in(login).post(url("add_signal", dossier), signal(**more))
    assert answer.status_code == 303, faults(answer)


def person(dossier: Dossier, given_name: str) -> str:
    return next(str(one.id) for one in names(dossier) if one.label.startswith(given_name))


def url(name: str, dossier: Dossier, *more) -> str:
    return reverse(f"risk:{name}", args=[dossier.number, *more])


def page(login: str, name: str, dossier: Dossier, *more) -> str:
    """What somebody reads there."""
    return text(cast.signed_in(login).get(url(name, dossier, *more)))


def text(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def factor(html: str, code: str) -> str:
    """The row of one factor on the tab."""
    return re.search(
        rf'<li class="factor" id="factor-{code}">.*?(?=<li class="factor"|</ol>)', html, re.DOTALL
    )[0]


def faults(answer) -> list[str]:
    """What the error summary of a form says, in order."""
    summary = re.search(r'id="error-summary".*?</div>', answer.content.decode(), re.DOTALL)
    return re.findall(r"<(?:a[^>]*|strong)>(.*?)</", summary[0]) if summary else []


def said(message: str, **values) -> str:
    """How the screen says a message of ours."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(escape(translation.gettext(message) % values if values else translation.gettext(message)))


def client(login: str) -> Client:
    return cast.signed_in(login)
