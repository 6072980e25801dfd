"""Filling in the forms of the plan, as a browser sends them."""

import uuid
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from tests import cast
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier
from wida.people.models import Person
from wida.plans.models import Action, Goal, SafetyPlan

MANAGER, COORDINATOR = "casemanager.limburg", "coordinator.limburg"
CAW, POLICE, VK = "liaison.caw-limburg", "liaison.police-limburg", "liaison.vk-limburg"


def family_in(stage: Stage = Stage.EXECUTION) -> Dossier:
    return cast.at(cast.new_dossier(), stage)


def url(name: str, dossier: Dossier, *args) -> str:
    return reverse(f"plans:{name}", args=[dossier.number, *args])


def day(ahead: int = 0) -> str:
    return (timezone.localdate() + timedelta(days=ahead)).strftime("%d/%m/%Y")


def person(dossier: Dossier, given: str) -> uuid.UUID:
    return next(one.id for one in Person.objects.filter(dossier=dossier) if one.given_name == given)


def who(login: str) -> str:
    """Somebody as a choice of "who does it"."""
    return f"m:{cast.member(login).pk}"


def nobody_at(login: str) -> str:
    """Their organisation, with nobody named yet."""
    return f"o:{cast.member(login).organisation_id}"


def sent(**fields) -> dict:
    return {"form_key": str(uuid.uuid4()), **fields}


def goal_form(dossier: Dossier, **fields) -> dict:
    return sent(
        **{
            "domain": "veiligheid",
            "phase": "directe_veiligheid",
            "text": "Er is geen geweld meer.",
            "indicator": "Geen melding tot eind mei.",
            "persons": [str(person(dossier, "Kelly"))],
            **fields,
        }
    )


def action_form(**fields) -> dict:
    return sent(**{"what": "Gesprek met de school", "holder": who(CAW), "state": "gepland", **fields})


def post(login: str, name: str, dossier: Dossier, *args, **fields):
    return cast.signed_in(login).post(url(name, dossier, *args), fields)


def new_goal(dossier: Dossier, login: str = MANAGER, **fields) -> Goal:
    answer = cast.signed_in(login).post(url("add_goal", dossier), goal_form(dossier, **fields))
    assert answer.status_code == 303, answer.content.decode()
    return Goal.objects.filter(dossier=dossier).latest("number")


def new_action(dossier: Dossier, login: str = MANAGER, **fields) -> Action:
    answer = cast.signed_in(login).post(url("add_action", dossier), action_form(**fields))
    assert answer.status_code == 303, answer.content.decode()
    return Action.objects.filter(dossier=dossier).latest("created_at")


def progress(login: str, action: Action, *, version: int = 0, **fields):
    """Says how an action goes; `version` is the one the form started from, the current one unless told."""
    fields = sent(version=version or Action.objects.get(pk=action.pk).version, **fields)
    return cast.signed_in(login).post(url("update_action", action.dossier, action.pk), fields)


def safety_form(dossier: Dossier, *readers: str, **fields) -> dict:
    """`readers` are logins of who may read it."""
    members = [cast.member(login) for login in readers]
    return sent(
        **{
            "person_id": str(person(dossier, "Kelly")),
            "title": "Plan Kwikstaart",
            "steps": "Naar de buurvrouw op het Merelplein.",
            "readers": [f"{member.organisation_id}:{member.user_id}" for member in members],
            **fields,
        }
    )


def new_safety_plan(dossier: Dossier, *readers: str, login: str = CAW, **fields) -> SafetyPlan:
    answer = cast.signed_in(login).post(
        url("add_safety_plan", dossier), safety_form(dossier, *readers, **fields)
    )
    assert answer.status_code == 303, answer.content.decode()
    return SafetyPlan.objects.filter(dossier=dossier).latest("created_at")


def text_of(answer) -> str:
    return answer.content.decode()
