"""The cast: who works where in the tests, as in the demo, and a dossier for them to work on.

Limburg is where it happens. `coordinator.antwerpen` is the stranger: another house, no mandate.
"""

from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone
from django.utils.crypto import get_random_string

from wida.access.actions import end_all, first_mandate, give_mandate
from wida.access.models import Mandate
from wida.access.rules import Ground
from wida.access.walls.identity import act_as, walled
from wida.accounts.actor import Actor
from wida.accounts.models import Membership, SafeHome
from wida.accounts.sessions import SessionStore
from wida.demo.organisations import make_organisations
from wida.dossiers.actions import assign_case_manager, start_dossier
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier
from wida.people import matching
from wida.people.codes import Group, Sex
from wida.people.models import Person
from wida.records import actions as records
from wida.records.statements import Word, prepared

INVITED = (
    "prosecutor.limburg",
    "liaison.police-limburg",
    "liaison.caw-limburg",
    "liaison.ocj-limburg",
    "liaison.vk-limburg",
    "liaison.ggz-limburg",
)


def organisations() -> None:
    make_organisations()


@prepared
def _member(login: Word) -> QuerySet:
    return Membership.objects.select_related("user", "organisation__safe_home").filter(user__login=login)


def member(login: str) -> Membership:
    (found,) = _member(Word(login))
    return found


def actor(login: str) -> Actor:
    return member(login).actor


def finds(login: str, **asked) -> list[matching.Hit]:
    """Whom this account finds, behind the wall as in a request."""
    with walled():
        act_as(actor(login))
        return matching.find(actor(login), **asked)


def signed_in(login: str) -> Client:
    """A browser in which this person just signed in, without the price of checking a password: one row is written."""
    client, membership = Client(), member(login)
    session = SessionStore(get_random_string(32, VALID_KEY_CHARS))
    said = {
        SESSION_KEY: str(membership.user_id),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: membership.user.get_session_auth_hash(),
        "membership": str(membership.pk),
        "confirmed_at": timezone.now().timestamp(),
    }
    session.create_model_instance(said).save(force_insert=True)
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def new_dossier(by: str = "liaison.caw-limburg", family_name: str = "Aerdman - Bosteels") -> Dossier:
    """A draft with two adults and three children, made by a partner's liaison."""
    author = actor(by)
    dossier = start_dossier(
        safe_home=SafeHome.objects.get(name="Limburg"), family_name=family_name, by=author
    )
    for given, family, group, sex, year in (
        ("Kelly", "Bosteels", Group.DIRECT, Sex.FEMALE, 2000),
        ("Youri", "Aerdman", Group.DIRECT, Sex.MALE, 2001),
        ("Noa", "Bosteels", Group.CHILD, Sex.FEMALE, 2019),
        ("Liam", "Aerdman", Group.CHILD, Sex.MALE, 2022),
        ("Fien", "Aerdman", Group.CHILD, Sex.FEMALE, 2023),
    ):
        person = Person(
            dossier=dossier, group=group, given_name=given, family_name=family, sex=sex,
            birth_date=date(year, 3, 14).isoformat(), birth_year=year,
        )  # fmt: skip
        records.add(person, by=author)
    return dossier


def at(dossier: Dossier, stage: Stage) -> Dossier:
    """Puts a dossier at a stage by hand, for tests about one room; with the case manager and partners of that stage.

    The real way there is played by the tests of the life itself.
    """
    now = timezone.now()
    dossier.stage = stage
    dossier.submitted_at = now
    dossier.closed_at, dossier.closure_reason, dossier.retain_until = None, "", None
    coordinator = actor("coordinator.limburg")
    if stage not in (Stage.BUILDING, Stage.REFERRED):
        dossier.opened_at = now
        _invite(dossier, coordinator)
    dossier.watch_until = timezone.localdate() + timedelta(days=180) if stage == Stage.WATCH else None
    if stage in (Stage.EXECUTION, Stage.WATCH):
        assign_case_manager(dossier=dossier, member=member("casemanager.limburg"), by=coordinator)
    if stage == Stage.CLOSED:
        end_all(dossier=dossier, by=coordinator)
        dossier.closed_at, dossier.closure_reason = now, "doelen_bereikt"
        dossier.retain_until = date(now.year + 15, now.month, min(now.day, 28))
    dossier.save()
    return dossier


def _invite(dossier: Dossier, coordinator: Actor) -> None:
    """As `give_mandate` does, without asking anew for each whether one stands."""
    stand = Mandate.objects.of(dossier).filter(ground=Ground.INVITED, ended_at=None)
    there = set(stand.values_list("holder_id", flat=True))
    for holder in map(member, INVITED):
        if holder.user_id in there:
            give_mandate(dossier=dossier, holder=holder, ground=Ground.INVITED, by=coordinator)
        else:
            records.add(first_mandate(dossier, holder.actor, ground=Ground.INVITED), by=coordinator)
