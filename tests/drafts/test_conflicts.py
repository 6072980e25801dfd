"""Two people in one text: nothing is stored over another's words, and who comes second chooses."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from tests import cast
from tests.drafts.typing import filled, form_at, keep, narrative
from tests.pages import Page
from wida.access.actions import give_mandate
from wida.access.rules import Ground
from wida.accounts.models import Membership, User
from wida.dossiers.codes import Stage
from wida.drafts.models import Draft
from wida.people.models import Person
from wida.records.models import Revision
from wida.situation.models import Narrative

CAW = "liaison.caw-limburg"
BASE = "Ze wonen samen sinds 2019.\n\nDe politie kwam drie keer."
MINE = "Ze wonen samen sinds 2019.\n\nDe politie kwam vier keer, het laatst op 2 augustus."
THEIRS = "Ze wonen samen sinds 2019.\n\nDe politie kwam vier keer, het laatst op 20 juli."
MERGED = "Ze wonen samen sinds 2019.\n\nDe politie kwam vier keer, het laatst op 2 augustus / 20 juli."


@pytest.fixture
def dossier(house):
    return cast.at(cast.new_dossier(), Stage.EXECUTION)


@pytest.fixture
def colleague(dossier):
    """Somebody else at the same centre, invited too."""
    caw = cast.member(CAW)
    user = User.objects.create(login="tweede.caw", name="Pieter Smeets")
    member = Membership.objects.create(
        user=user, organisation=caw.organisation, role=caw.role, valid_from=caw.valid_from
    )
    give_mandate(dossier=dossier, holder=member, ground=Ground.INVITED, by=cast.actor("coordinator.limburg"))
    return "tweede.caw"


@pytest.fixture
def clash(dossier, colleague):
    """Both opened the same version; the colleague saved first. The second one's client, form and answer."""
    me, other = cast.signed_in(CAW), cast.signed_in(colleague)
    address = narrative(dossier)
    assert me.post(address, filled(form_at(me, address), text=BASE)).status_code == 303
    mine, theirs = form_at(me, address), form_at(other, address)
    assert other.post(address, filled(theirs, text=THEIRS)).status_code == 303
    data = filled(mine, text=MINE)
    return me, address, data, me.post(address, data)


def choices(answer):
    """The form in which the choice is made."""
    return next(
        form for form in Page(answer).forms if any(field.name == "keep-text" for field in form.fields)
    )


def sent(form, choice: str, **typed) -> dict:
    return form.sent() | {"keep-text": choice} | typed


def test_nothing_is_stored_and_both_texts_stand_side_by_side(clash):
    _me, _address, _data, answer = clash
    html = answer.content.decode()

    assert answer.status_code == 409
    assert Narrative.objects.get().text == THEIRS
    assert "bewaarde Pieter Smeets" in html
    assert html.count("[toegevoegd: </span>") == html.count("<ins><span")
    assert '<del><span class="hidden">[geschrapt: </span>drie<span' in html.replace("\n", "")
    form = choices(answer)
    assert form.sent()["text"] == [MINE]
    assert form.sent()["keep-text"] == ["merged"]
    assert form.sent()["merged-text"] == [MERGED]


@pytest.mark.parametrize(
    ("choice", "typed", "kept"),
    [
        ("mine", {}, MINE),
        ("theirs", {}, THEIRS),
        ("merged", {}, MERGED),
        ("merged", {"merged-text": "Samen beslist: 20 juli."}, "Samen beslist: 20 juli."),
    ],
)
def test_the_choice_is_kept(clash, choice, typed, kept):
    me, address, _data, answer = clash

    saved = me.post(address, sent(choices(answer), choice, **typed))

    assert saved.status_code == 303
    assert Narrative.objects.get().text == kept
    assert Narrative.objects.get().version == (2 if choice == "theirs" else 3)
    versions = [row.version for row in Revision.objects.order_by("version")]
    assert versions == ([1] if choice == "theirs" else [1, 2])


def test_a_third_version_meanwhile_shows_the_newest(clash, colleague):
    me, address, _data, answer = clash
    other = cast.signed_in(colleague)
    third = THEIRS + "\n\nEn opnieuw in november."
    assert other.post(address, filled(form_at(other, address), text=third)).status_code == 303

    again = me.post(address, sent(choices(answer), "merged"))

    assert again.status_code == 409
    assert Narrative.objects.get().text == third
    assert choices(again).sent()["merged-text"] == [MERGED + "\n\nEn opnieuw in november."]
    assert me.post(address, sent(choices(again), "merged")).status_code == 303
    assert Narrative.objects.get().text == MERGED + "\n\nEn opnieuw in november."


def test_choosing_later_keeps_the_text_and_asks_again(clash):
    me, address, _data, answer = clash
    waiting = "Samen nog na te vragen."

    left = me.post(address, sent(choices(answer), "merged", **{"merged-text": waiting, "draft": "later"}))

    key = Draft.objects.get().pk
    assert left["Location"] == f"{address}?draft={key}"
    resumed = form_at(me, left["Location"])
    assert resumed.sent()["text"] == [waiting]
    assert me.post(address, resumed.sent()).status_code == 409
    assert Narrative.objects.get().text == THEIRS


def test_a_draft_of_an_older_version_meets_the_newer_one(clash):
    me, address, data, _answer = clash
    assert keep(me, address, data).status_code == 200

    resumed = form_at(me, f"{address}?draft={data['form_key'][0]}")

    assert resumed.sent()["text"] == [MINE]
    assert me.post(address, resumed.sent()).status_code == 409


def test_each_field_of_a_form_is_a_choice_of_its_own(dossier):
    me, other = cast.signed_in("coordinator.limburg"), cast.signed_in("administrative.limburg")
    person = Person.objects.of(dossier).get(birth_year=2000)
    address = reverse("people:edit_person", args=[dossier.number, person.pk])
    mine, theirs = form_at(me, address), form_at(other, address)
    name = next(field.name for field in mine.fields if field.kind == "textarea")
    assert (
        other.post(address, filled(theirs, given_name="Kelly-Ann", family_name="Bosteels-Daems")).status_code
        == 303
    )

    answer = me.post(address, filled(mine, given_name="Kellie", **{name: "Belt liever dan mailt."}))

    form = next(form for form in Page(answer).forms if "keep-given_name" in form.sent())
    chosen = {key: value for key, value in form.sent().items() if key.startswith("keep-")}
    assert answer.status_code == 409
    assert chosen == {"keep-given_name": ["merged"], "keep-family_name": ["theirs"]}
    saved = me.post(address, form.sent() | {"keep-given_name": "mine"})
    assert saved.status_code == 303
    person.refresh_from_db()
    assert (person.given_name, person.family_name) == ("Kellie", "Bosteels-Daems")
    assert getattr(person, name) == "Belt liever dan mailt."


def test_what_was_withdrawn_meanwhile_is_told_and_given_back(dossier):
    me, other = cast.signed_in("coordinator.limburg"), cast.signed_in("administrative.limburg")
    person = Person.objects.of(dossier).get(birth_year=2023)
    address = reverse("people:edit_person", args=[dossier.number, person.pk])
    mine = form_at(me, address)
    away = reverse("people:withdraw", args=[dossier.number, "person", person.pk])
    assert (
        other.post(away, filled(form_at(other, away), reason="Hoort niet bij dit gezin")).status_code == 303
    )

    answer = me.post(address, filled(mine, given_name="Fientje"))

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "trok" in html
    assert "kopieer wat u wilt houden" in html
    assert "keep-" not in html
    assert "Fientje" in html


def test_weighing_beside_another_weighing_is_no_choice_between_texts(dossier):
    me, other = cast.signed_in("coordinator.limburg"), cast.signed_in("casemanager.limburg")
    address = reverse("risk:add_weighing", args=[dossier.number])
    mine, theirs = form_at(me, address), form_at(other, address)
    words = {"colour": "oranje", "motivation": "Spanning loopt op.", "meeting": mine_meeting(mine)}
    assert other.post(address, filled(theirs, **words | {"motivation": "Hij dreigt."})).status_code == 303

    answer = me.post(address, filled(mine, **words))

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Hij dreigt." in html
    assert "keep-motivation" not in html
    assert form_in(answer).sent()["motivation"] == ["Spanning loopt op."]


def mine_meeting(form) -> str:
    return next(
        option for field in form.fields if field.name == "meeting" for option in field.options if option
    )


def form_in(answer):
    return next(form for form in Page(answer).forms if "motivation" in form.sent())


@pytest.mark.django_db(transaction=True)
def test_two_who_save_at_the_same_moment(dossier, colleague):
    """Real threads and connections: one is saved, the other gets both texts."""
    address = narrative(dossier)
    clients = {login: cast.signed_in(login) for login in (CAW, colleague)}
    first = clients[CAW]
    assert first.post(address, filled(form_at(first, address), text=BASE)).status_code == 303
    forms = {login: form_at(client, address) for login, client in clients.items()}
    together, answers = threading.Barrier(2), {}

    def send(login: str) -> None:
        together.wait()
        answers[login] = clients[login].post(
            address, filled(forms[login], text=f"{BASE}\n\n{login} schrijft.")
        )
        connection.close()

    threads = [threading.Thread(target=send, args=[login]) for login in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answer.status_code for answer in answers.values()) == [303, 409]
    winner = next(login for login, answer in answers.items() if answer.status_code == 303)
    loser = next(login for login in clients if login != winner)
    assert Narrative.objects.get().text == f"{BASE}\n\n{winner} schrijft."
    assert choices(answers[loser]).sent()["text"] == [f"{BASE}\n\n{loser} schrijft."]
