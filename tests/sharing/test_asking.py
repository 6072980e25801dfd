"""Asking partners what they know: who may, whom, on which ground, and what follows from it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.referrals.pages import chosen, offered, text, value, wrong
from tests.sharing.steps import COORDINATOR, NOT_KNOWN, WRITERS, ask, asking, forming, get, post, url
from wida.access.actions import block
from wida.access.models import Mandate
from wida.accounts.codes import CORE_LANES, OrganisationType
from wida.accounts.models import Membership, Organisation, Partnership, User
from wida.audit.models import Event
from wida.dossiers.codes import Stage
from wida.dossiers.models import Task
from wida.sharing.models import Lane

AJH, OTHER = "liaison.ajh-limburg", "liaison.substances-limburg"


def test_asking_makes_a_lane_a_mandate_and_a_task(house):
    dossier = forming()
    assert get(AJH, "sharing", dossier).status_code == 404

    answer = post(COORDINATOR, "ask_lane", dossier, "ajh", data=asking(AJH, why="Volgt de voorwaarden op."))

    assert (answer.status_code, answer["Location"]) == (303, url("sharing", dossier))
    lane = Lane.objects.get(dossier=dossier)
    assert (lane.lane, lane.partner_id, lane.state, lane.open) == (
        "ajh",
        cast.actor(AJH).organisation_id,
        "gevraagd",
        True,
    )
    assert (lane.requested_on, lane.due_on, lane.reminded_on) == (
        timezone.localdate(),
        date(2030, 12, 15),
        None,
    )
    assert (lane.ground, lane.why) == ("betrokkenheid_kennis", "Volgt de voorwaarden op.")
    mandate = Mandate.objects.active().get(dossier=dossier, holder_id=cast.actor(AJH).user_id)
    assert (mandate.ground, mandate.why) == ("uitgenodigd", "Volgt de voorwaarden op.")
    task = Task.objects.get(dossier=dossier, kind="antwoord_partner")
    assert (task.source, task.organisation_id, task.detail, task.due) == (
        lane.pk,
        lane.partner_id,
        "ajh",
        date(2030, 12, 15),
    )
    assert get(AJH, "sharing", dossier).status_code == 200


def test_ten_days_are_proposed(house):
    page = get(COORDINATOR, "ask_lane", forming(), "ajh")

    assert value(page, "due_on") == f"{timezone.localdate() + timedelta(days=10):%d/%m/%Y}"
    assert offered(page, "contacts") == chosen(page, "contacts") == [str(cast.member(AJH).pk)]


@pytest.mark.parametrize(
    ("login", "stage", "status"),
    [
        (COORDINATOR, Stage.FORMING, 303),
        ("administrative.limburg", Stage.EXECUTION, 303),
        ("casemanager.limburg", Stage.EXECUTION, 303),
        ("casemanager.limburg", Stage.WATCH, 303),
        ("liaison.caw-limburg", Stage.FORMING, 403),
        ("liaison.police-limburg", Stage.FORMING, 403),
        ("prosecutor.limburg", Stage.FORMING, 403),
        ("casemanager2.limburg", Stage.EXECUTION, 404),
        ("coordinator.antwerpen", Stage.FORMING, 404),
    ],
)
def test_who_may_ask(house, login, stage, status):
    dossier = cast.at(cast.new_dossier(), stage)

    answer = post(login, "ask_lane", dossier, "ajh", data=asking(AJH))

    assert answer.status_code == status
    assert Lane.objects.count() == (status == 303)


@pytest.mark.parametrize("stage", [Stage.REFERRED, Stage.CLOSED])
def test_nobody_is_asked_before_sharing_opens_nor_after_closing(house, stage):
    dossier = cast.at(cast.new_dossier(), stage)

    page = post(COORDINATOR, "ask_lane", dossier, "ajh", data=asking(AJH, why="Getypte grond."))

    assert page.status_code == 409
    assert "Getypte grond." in text(page)
    assert get(COORDINATOR, "ask", dossier).status_code == 409
    assert not Lane.objects.exists()
    assert not Mandate.objects.active().filter(holder_id=cast.actor(AJH).user_id).exists()


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("contacts", []),
        ("ground", ""),
        ("ground", "nieuwsgierigheid"),
        ("due_on", ""),
        ("due_on", "01/01/2020"),
    ],
)
def test_a_question_is_whole(house, field, typed):
    dossier = forming()

    page = post(COORDINATOR, "ask_lane", dossier, "ajh", data=asking(AJH) | {field: typed})

    assert page.status_code == 422
    assert wrong(page) == [field]
    assert not Lane.objects.exists()


def test_the_kind_other_needs_a_written_ground(house):
    dossier = forming()

    without = post(COORDINATOR, "ask_lane", dossier, "andere", data=asking(OTHER, why=""))
    written = post(COORDINATOR, "ask_lane", dossier, "andere", data=asking(OTHER, ground="expertise"))
    others = post(COORDINATOR, "ask_lane", dossier, "ajh", data=asking(AJH, why=""))

    assert [answer.status_code for answer in (without, written, others)] == [422, 303, 303]
    assert wrong(without) == ["why"]
    assert set(Lane.objects.values_list("lane", "ground")) == {
        ("andere", "expertise"),
        ("ajh", "betrokkenheid_kennis"),
    }


def test_only_partners_of_the_house_of_that_kind_can_be_asked(house):
    dossier = forming()

    other_kind = post(COORDINATOR, "ask_lane", dossier, "clb", data=asking(AJH))
    elsewhere = post(COORDINATOR, "ask_lane", dossier, "ajh", data=asking("liaison.ajh-antwerpen"))
    no_lane = post(COORDINATOR, "ask_lane", dossier, "veilig_huis", data=asking(AJH))

    assert [answer.status_code for answer in (other_kind, elsewhere, no_lane)] == [422, 422, 404]
    assert not Lane.objects.exists()


def test_a_partnership_that_ended_is_no_longer_offered(house):
    dossier = forming()
    yesterday = timezone.localdate() - timedelta(days=1)
    Partnership.objects.filter(organisation_id=cast.actor(AJH).organisation_id).update(valid_until=yesterday)

    page = get(COORDINATOR, "ask_lane", dossier, "ajh")

    assert offered(page, "contacts") == []
    assert post(COORDINATOR, "ask_lane", dossier, "ajh", data=asking(AJH)).status_code == 422


def test_a_contact_person_with_a_conflict_is_not_offered(house):
    dossier = forming()
    block(dossier=dossier, by=cast.actor(COORDINATOR), why="Buurvrouw.", user=cast.member(AJH).user)

    assert offered(get(COORDINATOR, "ask_lane", dossier, "ajh"), "contacts") == []


def test_two_organisations_of_one_kind_have_a_lane_each(house):
    dossier = forming()
    second = Organisation.objects.create(name="CAW Maasland", type="caw", valid_from=date(2024, 1, 1))
    house_ = cast.member(COORDINATOR).organisation.safe_home
    Partnership.objects.create(safe_home=house_, organisation=second, valid_from=date(2024, 1, 1))
    user = User.objects.create(login="liaison.caw-maasland", name="Wout Vandeputte")
    Membership.objects.create(
        user=user, organisation=second, role="contactpersoon", valid_from=date(2024, 1, 1)
    )

    ask(dossier, "liaison.caw-limburg", "liaison.caw-maasland")

    assert list(Lane.objects.order_by("partner__name").values_list("lane", "partner__name")) == [
        ("caw", "CAW Limburg"),
        ("caw", "CAW Maasland"),
    ]
    page = text(get(COORDINATOR, "sharing", dossier))
    assert 'id="lane-caw"' in page
    assert 'id="lane-caw-2"' in page


def test_the_core_partners_are_ticked_together(house):
    dossier = forming()
    ask(dossier, "liaison.caw-limburg")

    page = get(COORDINATOR, "ask_core", dossier)

    core = {str(cast.member(WRITERS[kind]).pk) for kind in CORE_LANES if kind != OrganisationType.WELFARE}
    assert set(chosen(page, "contacts")) == core
    assert set(offered(page, "contacts")) == {str(cast.member(login).pk) for login in WRITERS.values()}
    answer = post(
        COORDINATOR, "ask_core", dossier, data=asking() | {"contacts": chosen(page, "contacts"), "why": ""}
    )
    assert answer.status_code == 303
    assert set(Lane.objects.values_list("lane", flat=True)) == set(CORE_LANES)
    assert Task.objects.filter(kind="antwoord_partner", done_at=None).count() == 6


def test_asked_again_the_answer_stays_and_the_question_is_open(house):
    dossier = forming()
    (lane,) = ask(dossier, AJH)
    post(AJH, "contribute", dossier, lane.pk, data=NOT_KNOWN)

    ask(dossier, AJH, due_on="20/12/2030")

    lane.refresh_from_db()
    assert (lane.state, lane.open, lane.due_on) == ("niet_gekend", True, date(2030, 12, 20))
    assert Task.objects.get(kind="antwoord_partner", done_at=None).due == date(2030, 12, 20)
    assert Mandate.objects.active().filter(holder_id=cast.actor(AJH).user_id).count() == 1


def test_a_question_sent_twice_is_asked_once(house):
    dossier = forming()
    data = asking(AJH) | {"form_key": "5b0c9a0e-62c5-4b77-9f0c-0d7cfe0a3333"}
    client = cast.signed_in(COORDINATOR)

    answers = [client.post(url("ask_lane", dossier, "ajh"), data).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert Lane.objects.get().version == 1


def test_a_reminder_moves_the_day_and_is_recorded(house):
    dossier = forming()
    (lane,) = ask(dossier, AJH)
    overdue = timezone.localdate() - timedelta(days=3)
    Lane.objects.update(requested_on=overdue - timedelta(days=10), due_on=overdue)
    page = text(get(COORDINATOR, "sharing", dossier))
    assert "3 dagen te laat" in page
    assert "Geen antwoord. Dat zegt niets over het risico." in page

    answer = post(COORDINATOR, "remind", dossier, lane.pk)

    assert answer.status_code == 303
    lane.refresh_from_db()
    in_five_days = timezone.localdate() + timedelta(days=5)
    assert (lane.reminded_on, lane.due_on) == (timezone.localdate(), in_five_days)
    assert Task.objects.get(kind="antwoord_partner").due == in_five_days
    event = Event.objects.get(action="reminded")
    assert (event.row, event.user, event.detail) == (lane.pk, cast.actor(COORDINATOR).user_id, "ajh")


def test_a_reminder_never_takes_days_away(house):
    dossier = forming()
    (lane,) = ask(dossier, AJH)

    post(COORDINATOR, "remind", dossier, lane.pk)

    lane.refresh_from_db()
    assert lane.due_on == date(2030, 12, 15)


def test_who_answered_is_not_reminded(house):
    dossier = forming()
    (lane,) = ask(dossier, AJH)
    post(AJH, "contribute", dossier, lane.pk, data=NOT_KNOWN)

    answer = post(COORDINATOR, "remind", dossier, lane.pk)

    assert answer.status_code == 303
    lane.refresh_from_db()
    assert lane.reminded_on is None
    assert not Event.objects.filter(action="reminded").exists()


@pytest.mark.parametrize(
    ("login", "status"), [(AJH, 403), ("liaison.caw-limburg", 403), ("coordinator.antwerpen", 404)]
)
def test_who_may_not_remind(house, login, status):
    dossier = forming()
    (lane,) = ask(dossier, AJH)

    assert post(login, "remind", dossier, lane.pk).status_code == status
    assert not Event.objects.filter(action="reminded").exists()


def test_a_reminder_is_not_given_by_a_link_nor_after_closing(house):
    dossier = forming()
    (lane,) = ask(dossier, AJH)

    assert get(COORDINATOR, "remind", dossier, lane.pk).status_code == 405
    assert get("coordinator.antwerpen", "remind", dossier, lane.pk).status_code == 404
    assert post(COORDINATOR, "ask", dossier).status_code == 405
    cast.at(dossier, Stage.CLOSED)
    assert post(COORDINATOR, "remind", dossier, lane.pk).status_code == 409
    lane.refresh_from_db()
    assert lane.reminded_on is None


def test_a_lane_of_another_dossier_is_not_found_here(house):
    first, second = forming(), forming(family_name="Coremans")
    (lane,) = ask(first, AJH)

    assert post(COORDINATOR, "remind", second, lane.pk).status_code == 404
    assert get(COORDINATOR, "versions", second, lane.pk).status_code == 404
