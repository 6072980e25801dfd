"""Whoever may not know, sees nothing: no word, no number, no trace of another dossier or of a part not theirs."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import cast, strangers
from tests.addresses import WORDS, of_dossiers
from wida.access.actions import block, give_mandate
from wida.access.models import Mandate
from wida.access.queries import open_for
from wida.access.rules import Ground, Part, Right
from wida.accounts.codes import HOUSE_ROLES, TEAM_ROLES
from wida.accounts.models import Membership, Organisation
from wida.demo.house import House
from wida.dossiers.actions import assign_case_manager
from wida.dossiers.codes import Colour, Stage, TaskKind
from wida.dossiers.models import Dossier
from wida.meetings.models import AgendaItem, Invitee, Meeting
from wida.people import actions as people
from wida.people.models import Address, Person, Service
from wida.plans.models import Action, SafetyPlan, SafetyPlanOpening
from wida.records.sealing import keyring
from wida.referrals import actions as referrals

LISTS = (
    "dossiers:list",
    "dossiers:tasks",
    "dossiers:new",
    "house_meetings:meetings",
    "house_meetings:call_meeting",
    "house_risk:legend",
)
READERS = (
    "coordinator",
    "casemanager",
    "psychologist",
    "liaison.police",
    "liaison.ggz",
    "liaison.clb",
    "referrer.hospital",
)


@pytest.fixture(scope="module")
def told_once(django_db_setup, django_db_blocker):
    """Both stories, told once for all tests of this module, each of which then undoes only its own."""
    with django_db_blocker.unblock(), transaction.atomic(), keyring(trusted=True):
        cast.organisations()
        yield strangers.rich("Limburg", "l"), strangers.rich("Antwerpen", "a")
        transaction.set_rollback(True)


@pytest.fixture
def two(told_once, house):
    """A dossier in Limburg and one in Antwerpen, with what their marks stand in."""
    (limburg, marks), (antwerpen, other_marks) = told_once
    limburg.refresh_from_db()
    return (limburg, marks), (antwerpen, other_marks)


def login_of(role: str, house: str) -> str:
    return f"{role}{'-' if '.' in role else '.'}{house.lower()}"


def everything_seen(login: str, dossier: Dossier) -> dict[str, set[str]]:
    """The marks on each page that somebody can open: lists, meetings, searches, and all of a dossier."""
    client = cast.signed_in(login)
    pages = [(name, reverse(name)) for name in LISTS]
    pages += [("list", f"{reverse('dossiers:list')}?view={view}") for view in ("mine", "house", "closed")]
    pages += [
        ("meeting", reverse("house_meetings:meeting", args=[pk]))
        for pk in Meeting.objects.values_list("pk", flat=True)
    ]
    knows = open_for(cast.actor(login), dossier.number) is not None
    pages += strangers.addresses(dossier)[
        :: 1 if knows else 20
    ]  # a stranger's 404 is proved address by address elsewhere
    found = {}
    for name, address in pages:
        answer = client.get(address)
        assert answer.status_code in (200, 302, 303, 403, 404, 405, 409), (login, address)
        if seen := strangers.marks_in(answer):
            found[name] = found.get(name, set()) | seen
    return found


@pytest.mark.parametrize(
    ("place", "roles"), [("Limburg", READERS), ("Antwerpen", ("coordinator", "liaison.police"))]
)
def test_every_role_sees_its_own_dossier_and_only_what_it_may_read(two, place, roles):
    mine, other = two if place == "Limburg" else two[::-1]
    dossier, marks = mine

    leaks, read = [], {}
    for role in roles:
        login = login_of(role, place)
        opened = open_for(cast.actor(login), dossier.number)
        seen = everything_seen(login, dossier)
        read[role] = len(set().union(*seen.values())) if seen else 0
        for page, found in seen.items():
            leaks += [(role, page, mark) for mark in found & other[1].keys()]
            leaks += [
                (role, page, told(marks[mark].row))
                for mark in found & marks.keys()
                if not may_see(opened, marks[mark])
            ]

    assert sorted(set(leaks)) == []
    assert read["coordinator"] > 100
    assert read.get("liaison.clb", 0) == read.get("referrer.hospital", 0) == 0
    assert all(
        number > 20
        for role, number in read.items()
        if role not in ("liaison.clb", "referrer.hospital", "casemanager")
    )


@pytest.mark.parametrize("role", ["liaison.police", "casemanager", "administrative", "coordinator"])
def test_no_fault_conflict_or_refusal_says_where_somebody_hides(two, role):
    (dossier, marks), _other = two
    login = login_of(role, "Limburg")
    opened, client = open_for(cast.actor(login), dossier.number), cast.signed_in(login)
    own = opened.actor.organisation_id
    secret = {
        mark
        for mark, at in marks.items()
        if strangers.says_where(at) and (isinstance(at.row, Address) or at.row.organisation_id != own)
    }

    leaks, kinds = [], {marks[mark].row._meta.label for mark in secret}
    for name, address in strangers.addresses(dossier):
        if name == "people:reveal_address":
            continue
        for sent in ({"version": 0}, {"version": 99, "form_key": "x"}):
            seen = strangers.marks_in(client.post(address, sent))
            if role == "coordinator":
                seen = {mark for mark in seen if isinstance(marks[mark].row, Address)}
            leaks += [(name, told(marks[mark].row), marks[mark].field) for mark in seen & secret]

    assert {"people.Address"} <= kinds
    assert sorted(set(leaks)) == []


SAID_AT_A_POINT = {
    "meetings.Note",
    "meetings.PersonPoint",
    "meetings.AgendaItem",
    "meetings.Invitee",
    "meetings.Approval",
}


def invited(actor, row) -> bool:
    """Whether somebody was invited to the point of a meeting at which this was said."""
    item = row.pk if isinstance(row, AgendaItem) else row.item_id
    return Invitee.objects.filter(item_id=item, user_id=actor.user_id, withdrawn_at=None).exists()


def told(row) -> str:
    return row._meta.label


def may_see(opened, mark: strangers.Mark) -> bool:
    """What the matrix and the rules of the rooms say of one field; who knows a dossier knows its name.

    Where somebody hides shows on no page that is only opened: who may know it says first why.
    """
    if opened is None:
        return False
    actor, row = opened.actor, mark.row
    if (
        strangers.says_where(mark)
        and actor.role != "coordinator"
        and row.organisation_id != actor.organisation_id
    ):
        return False
    if (
        isinstance(row, Address)
        and mark.field in strangers.PLACES["people.Address"]
        and strangers.says_where(mark)
    ):
        return False
    if isinstance(row, Dossier):
        return True
    if isinstance(row, SafetyPlan | SafetyPlanOpening):
        return row.organisation_id == actor.organisation_id
    if isinstance(row, Address) and row.protected and row.organisation_id != actor.organisation_id:
        return actor.role == "coordinator"
    if isinstance(row, Mandate) and row.ground == Ground.ASSIGNED:
        return opened.may(Part.EXECUTION)  # why somebody follows the family stands with the case manager
    if told(row) in SAID_AT_A_POINT and actor.role not in HOUSE_ROLES | TEAM_ROLES:
        return invited(actor, row)
    if not hasattr(row, "part"):
        return opened.may(Part.PEOPLE)
    return opened.may(row.part, Right.READ)


@pytest.mark.parametrize("login", ["coordinator.limburg", "casemanager.limburg", "liaison.ggz-limburg"])
def test_who_is_kept_out_sees_no_mark_and_no_number_anywhere(two, login):
    (dossier, _marks), _other = two
    user = cast.member(login).user
    assign_case_manager(
        dossier=dossier, member=cast.member("casemanager.limburg"), by=cast.actor("coordinator.limburg")
    )
    block(dossier=dossier, by=cast.actor("administrative.limburg"), why="Familie", user=user)
    client = cast.signed_in(login)

    for words in (
        dossier.number,
        *Person.objects.of(dossier).first().family_name.split(),
        dossier.family_name,
    ):
        answer = client.post(reverse("dossiers:search"), {"q": words})
        assert answer.status_code == 200
        assert reverse("dossiers:overview", args=[dossier.number]) not in answer.content.decode()
    pages = [reverse(name) for name in LISTS]
    pages += [
        reverse("house_meetings:meeting", args=[pk]) for pk in Meeting.objects.values_list("pk", flat=True)
    ]
    answers = [client.get(page) for page in pages]
    assert [strangers.marks_in(answer) for answer in answers if strangers.marks_in(answer)] == []
    assert [
        page for page, answer in zip(pages, answers, strict=True) if dossier.number in answer.content.decode()
    ] == []
    inside = [
        address
        for address in strangers.addresses(dossier)
        if login != "liaison.ggz-limburg" or "meetings" in address[0]
    ]
    assert {client.get(address).status_code for _name, address in inside} == {404}


def test_an_author_after_referral_sees_no_more_than_the_outcome(two):
    (dossier, marks), _other = two
    strangers.author_after_referral(dossier, House("Limburg"))
    author = dossier.author.login

    seen = everything_seen(author, dossier)
    page = cast.signed_in(author).get(reverse("dossiers:list")).content.decode()

    assert {told(marks[mark].row) for found in seen.values() for mark in found} == {"dossiers.Dossier"}
    assert dossier.number in page
    assert str(Colour(dossier.colour).label) not in re.search(r"<tbody.*</tbody>", page, re.DOTALL)[0]
    assert "cases__due" in page
    assert client_counts(author, colour=dossier.colour) == 0
    assert client_counts(author, overdue="on") == 0


def client_counts(login: str, **filters) -> int:
    answer = cast.signed_in(login).get(reverse("dossiers:list"), {"view": "mine", **filters})
    return answer.content.decode().count('class="cases__name"')


def test_an_author_gets_no_tasks_of_a_dossier_they_no_longer_read(two):
    (dossier, _marks), _other = two
    strangers.author_after_referral(dossier, House("Limburg"))
    author = cast.actor(dossier.author.login)
    Action.objects.of(dossier).update(holder_organisation_id=author.organisation_id)
    dossier.tasks.filter(done_at=None).update(organisation_id=author.organisation_id, user=None)

    page = cast.signed_in(dossier.author.login).get(reverse("dossiers:tasks")).content.decode()

    assert dossier.tasks.filter(done_at=None, kind=TaskKind.ACTION).exists()
    assert dossier.number not in page


def test_an_author_does_not_learn_that_the_prosecutor_was_asked(house):
    dossier = cast.at(cast.new_dossier(by="liaison.caw-limburg"), Stage.REFERRED)
    asked = cast.member("prosecutor.limburg")
    referrals.ask_clearance(
        dossier=dossier, member=asked, due_on=timezone.localdate(), by=cast.actor("coordinator.limburg")
    )
    overview = reverse("dossiers:overview", args=[dossier.number])

    assert asked.user.name not in cast.signed_in("liaison.caw-limburg").get(overview).content.decode()
    assert asked.user.name in cast.signed_in("coordinator.limburg").get(overview).content.decode()


def test_no_row_of_another_dossier_opens_or_changes_through_an_own_one(two):
    (own, _own_marks), (other, other_marks) = two
    client = cast.signed_in("coordinator.limburg")

    wrong = []
    for name, address in strangers.addresses(own, rows_of=other):
        for answer in (
            client.post(address, {"version": 1}),
            *([client.get(address)] if "add" not in name else []),
        ):
            if answer.status_code not in (403, 404, 405) or strangers.marks_in(answer) & other_marks.keys():
                wrong.append((name, answer.status_code))

    assert wrong == []


def test_every_kind_of_id_in_an_address_is_tried():
    names = {name for address in of_dossiers() for name in address.arguments}

    assert names - {"number", *WORDS} == set(strangers.ID_ARGUMENTS)


def test_a_joined_dossier_names_the_other_only_to_who_may_know_of_it(house):
    target = cast.at(cast.new_dossier(family_name="Cuyvelde"), Stage.EXECUTION)
    double = cast.at(cast.new_dossier(), Stage.REFERRED)
    coordinator = cast.actor("coordinator.limburg")
    referrals.join(dossier=double, target=target, by=coordinator, reason="Zelfde gezin")
    page = reverse("referrals:referral", args=[double.number])
    client = cast.signed_in("coordinator.limburg")
    assert target.number in client.get(page).content.decode()

    block(dossier=target, by=coordinator, why="Buur", user=cast.member("coordinator.limburg").user)

    assert target.number not in client.get(page).content.decode()


def test_a_block_of_an_organisation_holds_for_whom_acts_for_another_one(house):
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    member = cast.member("liaison.ggz-limburg")
    caw = Organisation.objects.get(pk=cast.member("liaison.caw-limburg").organisation_id)
    second = Membership.objects.create(
        user=member.user, organisation=caw, role=member.role, valid_from=strangers.LONG_AGO
    )
    page, client = reverse("dossiers:overview", args=[dossier.number]), signed_in_as(member)
    assert client.get(page).status_code == 200

    block(dossier=dossier, by=cast.actor("coordinator.limburg"), why="Belang", organisation=caw)

    assert client.get(page).status_code == 404
    Membership.objects.filter(pk=second.pk).update(valid_until=timezone.localdate() - timedelta(days=1))
    assert client.get(page).status_code == 200


def signed_in_as(membership: Membership):
    client = Client()
    client.force_login(membership.user)
    session = client.session
    session["membership"] = str(membership.pk)
    session.save()
    return client


def test_a_mandate_that_ran_out_stops_and_can_be_given_again(house):
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    coordinator, psychologist = cast.actor("coordinator.limburg"), cast.member("psychologist.limburg")
    page, client = reverse("dossiers:overview", args=[dossier.number]), cast.signed_in("psychologist.limburg")
    form = {"holder": str(psychologist.pk), "why": "Gesprekken met de moeder"}
    add = reverse("access:add_mandate", args=[dossier.number])
    first = give_mandate(dossier=dossier, holder=psychologist, ground=Ground.ASSIGNED, by=coordinator)
    assert client.get(page).status_code == 200
    yesterday = timezone.localdate() - timedelta(days=1)
    Mandate.objects.filter(pk=first.pk).update(since=yesterday, until=yesterday)
    assert client.get(page).status_code == 404

    answer = cast.signed_in("coordinator.limburg").post(add, form)

    assert answer.status_code == 303
    assert client.get(page).status_code == 200


def test_a_last_day_holds_for_a_case_manager_too(house):
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    manager, day = cast.member("casemanager2.limburg"), timezone.localdate() + timedelta(days=9)
    form = {"holder": str(manager.pk), "why": "Vervangt", "until": day.strftime("%d/%m/%Y")}

    cast.signed_in("coordinator.limburg").post(reverse("access:add_mandate", args=[dossier.number]), form)

    assert Mandate.objects.get(dossier=dossier, holder=manager.user).until == day


def test_the_key_of_a_form_leads_only_its_own_sender_back(house):
    dossier, key = cast.at(cast.new_dossier(), Stage.EXECUTION), str(uuid4())
    danger = reverse("situation:narrative", args=[dossier.number])
    mine = cast.signed_in("liaison.caw-limburg").post(
        danger, {"text": "Van ons", "version": 0, "form_key": key}
    )
    other = cast.at(cast.new_dossier(family_name="Cuyvelde"), Stage.EXECUTION)
    elsewhere = reverse("situation:narrative", args=[other.number])

    theirs = cast.signed_in("liaison.ggz-limburg").post(
        elsewhere, {"text": "Van hen", "version": 0, "form_key": key}
    )
    again = cast.signed_in("liaison.caw-limburg").post(
        danger, {"text": "Van ons", "version": 0, "form_key": key}
    )

    assert (mine.status_code, theirs.status_code, again.status_code) == (303, 303, 303)
    assert other.number in theirs["Location"]
    assert again["Location"] == mine["Location"]


def test_the_name_of_a_refuge_is_for_who_may_know_the_address(house):
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    coordinator = cast.actor("coordinator.limburg")
    mother = Person.objects.of(dossier).first()
    people.add_service(
        dossier=dossier,
        by=coordinator,
        name="Huis De Linde",
        kind="vluchthuis",
        for_whom="",
        contact="Onthaal Linde",
        state="lopend",
        since=None,
        until=None,
        result="",
    )
    page, police = reverse("people:people", args=[dossier.number]), cast.signed_in("liaison.police-limburg")
    assert "Huis De Linde" in police.get(page).content.decode()

    people.add_address(
        person=mother,
        by=coordinator,
        viewers=[],
        type="vluchthuis",
        street="Schuilhoek 7",
        postal_code="3999",
        place="Nergenshuizen",
        country="",
        municipality="",
        since=None,
        until=None,
        protected=True,
        protected_why="Meneer zoekt haar",
    )

    assert "Linde" not in police.get(page).content.decode()
    assert "Huis De Linde" in cast.signed_in("coordinator.limburg").get(page).content.decode()
    service = Service.objects.of(dossier).get()
    give_mandate(
        dossier=dossier, holder=cast.member("psychologist.limburg"), ground=Ground.ASSIGNED, by=coordinator
    )
    Service.objects.of(dossier).update(organisation_id=cast.member("liaison.caw-limburg").organisation_id)
    psychologist = cast.signed_in("psychologist.limburg")
    people.add_address(
        person=mother,
        by=cast.actor("liaison.caw-limburg"),
        viewers=[],
        type="vluchthuis",
        street="Schuilhoek 9",
        postal_code="3999",
        place="Nergenshuizen",
        country="",
        municipality="",
        since=None,
        until=None,
        protected=True,
        protected_why="Zoekt haar",
    )
    edit = reverse("people:edit_service", args=[dossier.number, service.pk])
    withdraw = reverse("people:withdraw", args=[dossier.number, "service", service.pk])
    assert psychologist.get(edit).status_code == 403
    assert "Linde" not in psychologist.get(withdraw).content.decode()


def test_the_title_of_a_form_names_nobody(house):
    dossier = cast.new_dossier()
    client = cast.signed_in("liaison.caw-limburg")
    person = Person.objects.of(dossier).first()
    forms = [
        ("people:edit_person", person.pk),
        ("people:add_contact", person.pk),
        ("situation:inform", person.pk),
    ]

    titles = [
        re.search(
            r"<title>(.*?)</title>",
            client.get(reverse(name, args=[dossier.number, pk])).content.decode(),
            re.DOTALL,
        )[1]
        for name, pk in forms
    ]

    assert [title for title in titles if person.given_name in title] == []
    assert all(dossier.number in title for title in titles)
