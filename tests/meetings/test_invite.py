"""Who is invited for a dossier, on which ground, what follows from it, and how it is taken back."""

import pytest

from tests import cast
from tests.meetings.steps import (
    ADMINISTRATIVE,
    CAW,
    COORDINATOR,
    MANAGER,
    POLICE,
    day,
    get,
    invite,
    invitee_of,
    minute,
    point,
    post,
    sent,
    typed,
    url,
)
from tests.referrals.pages import offered, text, wrong
from wida.access.actions import block
from wida.access.models import Mandate
from wida.audit.models import Event
from wida.dossiers.codes import Stage
from wida.dossiers.models import Task
from wida.meetings.models import Invitee

AJH = "liaison.ajh-limburg"


def test_an_invitation_opens_the_dossier_and_is_a_task(house):
    item = point(on=typed(5))
    assert get(AJH, "meetings", item.dossier).status_code == 404

    (invitee,) = invite(item, AJH, ground="deskundig")

    assert (invitee.ground, invitee.attendance, invitee.name) == (
        "deskundig",
        "verwacht",
        cast.actor(AJH).signature,
    )
    assert invitee.invited_organisation_id == cast.actor(AJH).organisation_id
    mandate = Mandate.objects.active().get(dossier=item.dossier, holder_id=cast.actor(AJH).user_id)
    assert mandate.ground == "uitgenodigd"
    task = Task.objects.get(kind="overleg")
    assert (task.user_id, task.due, task.source, task.done_at) == (
        cast.actor(AJH).user_id,
        day(5),
        invitee.pk,
        None,
    )
    assert get(AJH, "item", item.dossier, item.pk).status_code == 200
    assert Event.objects.filter(table="meetings.invitee", action="added", row=invitee.pk).count() == 1


def test_only_those_of_the_house_and_its_partners_who_may_know_of_it_are_offered(house):
    item = point(None, CAW)
    block(dossier=item.dossier, by=cast.actor(COORDINATOR), why="Buurvrouw.", user=cast.member(POLICE).user)
    organisation = cast.member(AJH).organisation
    block(dossier=item.dossier, by=cast.actor(COORDINATOR), why="Partij.", organisation=organisation)

    choices = offered(get(COORDINATOR, "invite", item.dossier, item.pk), "members")

    members = {
        login: str(cast.member(login).pk) for login in (CAW, POLICE, AJH, MANAGER, "liaison.clb-limburg")
    }
    there = {login for login, key in members.items() if key in choices}
    assert there == {MANAGER, "liaison.clb-limburg"}
    for left_out in ("liaison.clb-antwerpen", "referrer.hospital-limburg", "central.team"):
        assert str(cast.member(left_out).pk) not in choices


@pytest.mark.parametrize("login", ["liaison.clb-antwerpen", "referrer.hospital-limburg"])
def test_whoever_is_not_offered_cannot_be_invited(house, login):
    item = point()

    page = post(
        COORDINATOR, "invite", item.dossier, item.pk,
        data={"members": [str(cast.member(login).pk)], "ground": "betrokken"},
    )  # fmt: skip

    assert page.status_code == 422
    assert wrong(page) == ["members"]
    assert not Invitee.objects.exists()


@pytest.mark.parametrize(
    ("members", "ground", "faults"),
    [([], "betrokken", ["members"]), ([CAW], "", ["ground"]), ([CAW], "nieuwsgierig", ["ground"])],
)
def test_an_invitation_has_somebody_and_a_ground(house, members, ground, faults):
    item = point()
    keys = [str(cast.member(login).pk) for login in members]

    page = post(COORDINATOR, "invite", item.dossier, item.pk, data={"members": keys, "ground": ground})

    assert page.status_code == 422
    assert wrong(page) == faults
    assert not Invitee.objects.exists()


def test_the_house_needs_no_mandate_to_be_invited(house):
    item = point()

    invite(item, COORDINATOR)

    assert not Mandate.objects.filter(holder_id=cast.actor(COORDINATOR).user_id).exists()
    assert Task.objects.get(kind="overleg").user_id == cast.actor(COORDINATOR).user_id


@pytest.mark.parametrize(
    ("login", "stage", "status"),
    [
        (COORDINATOR, Stage.FORMING, 303),
        (ADMINISTRATIVE, Stage.EXECUTION, 303),
        (MANAGER, Stage.EXECUTION, 303),
        (CAW, Stage.FORMING, 403),
        ("coordinator.antwerpen", Stage.FORMING, 404),
        (COORDINATOR, Stage.CLOSED, 409),
    ],
)
def test_who_invites(house, login, stage, status):
    item = point()
    cast.at(item.dossier, stage)
    data = {"members": [str(cast.member(POLICE).pk)], "ground": "betrokken"}

    assert post(login, "invite", item.dossier, item.pk, data=data).status_code == status
    assert Invitee.objects.count() == (status == 303)


def test_invited_twice_is_invited_once(house):
    item = point()
    client = cast.signed_in(COORDINATOR)
    data = sent({"members": [str(cast.member(AJH).pk)], "ground": "betrokken"})

    answers = [client.post(url("invite", item.dossier, item.pk), data).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert Invitee.objects.count() == Task.objects.filter(kind="overleg").count() == 1


def test_an_invitation_taken_back_closes_the_minutes(house):
    item = point(None, POLICE)
    minute(item, "Vertrouwelijk.")
    invitee = invitee_of(item, POLICE)
    assert get(POLICE, "item", item.dossier, item.pk).status_code == 200

    answer = post(
        COORDINATOR, "withdraw_invitation", item.dossier, item.pk, invitee.pk,
        data={"reason": "Verkeerde persoon.", "version": "1"},
    )  # fmt: skip

    assert answer.status_code == 303
    assert get(POLICE, "item", item.dossier, item.pk).status_code == 404
    assert get(POLICE, "meetings", item.dossier).status_code == 200
    assert Task.objects.get(kind="overleg").done_at is not None
    # and can be given again
    invite(item, POLICE)
    assert get(POLICE, "item", item.dossier, item.pk).status_code == 200


def test_taking_back_needs_a_reason_and_the_version_that_stands(house):
    item = point(None, POLICE)
    invitee = invitee_of(item, POLICE)

    def take_back(**data):
        return post(COORDINATOR, "withdraw_invitation", item.dossier, item.pk, invitee.pk, data=data)

    without = take_back(reason="", version="1")
    assert (without.status_code, wrong(without)) == (422, ["reason"])
    late = take_back(reason="Te laat.", version="0")
    assert late.status_code == 409
    assert "Te laat." in text(late)
    assert get(POLICE, "item", item.dossier, item.pk).status_code == 200


def test_an_invitee_of_another_point_is_not_found_here(house):
    item, other = point(None, POLICE), point()

    for name in ("attendance", "withdraw_invitation"):
        assert get(COORDINATOR, name, other.dossier, other.pk, invitee_of(item, POLICE).pk).status_code == 404


def test_who_can_no_longer_open_the_dossier_is_marked(house):
    item = point(None, AJH, POLICE)
    words = "Kan dit dossier niet meer openen"
    assert words not in text(get(COORDINATOR, "item", item.dossier, item.pk))

    block(dossier=item.dossier, by=cast.actor(COORDINATOR), why="Neef.", user=cast.member(AJH).user)

    assert text(get(COORDINATOR, "item", item.dossier, item.pk)).count(words) == 1
