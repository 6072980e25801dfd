"""Closing: after asking family and service again, with a decision on how long is kept; and then nobody gets in."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.closure.steps import (
    ADMINISTRATIVE,
    CAW,
    CLOSED,
    COORDINATOR,
    MANAGER,
    asked_again,
    close,
    contact,
    executing,
    get,
    report,
    sent,
    url,
    watching,
)
from tests.referrals.pages import offered, text, value, wrong
from wida.access.models import Mandate
from wida.audit.models import Event
from wida.closure.actions import _years_on
from wida.closure.models import Closing
from wida.dossiers.codes import Stage
from wida.dossiers.models import Task, Transition
from wida.records import actions as records

OTHER_REASONS = [
    "geweld_gestopt_andere_opvolging",
    "overgedragen",
    "geen_medewerking",
    "verhuisd_buiten_regio",
    "overlijden",
    "andere",
]


def test_closing_sets_the_retention_clock(house):
    dossier = asked_again(watching())

    answer = close(dossier)

    assert (answer.status_code, answer["Location"]) == (303, reverse("dossiers:list"))
    dossier.refresh_from_db()
    today = timezone.localdate()
    assert (dossier.stage, dossier.closure_reason) == ("afgesloten", "doelen_bereikt")
    assert timezone.localdate(dossier.closed_at) == today
    assert dossier.retain_until == _years_on(today, 15)
    closing = Closing.objects.get()
    assert (closing.reason, closing.outcome, closing.evaluation, closing.retain_years) == (
        "doelen_bereikt",
        CLOSED["outcome"],
        CLOSED["evaluation"],
        15,
    )
    assert Transition.objects.filter(name="close", after="afgesloten").count() == 1
    assert Event.objects.filter(action="close", dossier=dossier.pk).count() == 1


def test_everybodys_mandate_and_every_task_end(house):
    dossier = asked_again(watching())
    police = "liaison.police-limburg"
    assert [get(login, "closure", dossier).status_code for login in (MANAGER, police)] == [200, 200]

    close(dossier)

    standing = Mandate.objects.active().filter(dossier=dossier)
    assert set(standing.values_list("ground", flat=True)) == {"auteur"}
    assert not Task.objects.filter(dossier=dossier, done_at=None).exists()
    assert [get(login, "closure", dossier).status_code for login in (MANAGER, police)] == [404, 404]
    assert (
        get(CAW, "closure", dossier).status_code == 403
    )  # made the dossier: knows that it exists, reads nothing
    assert get(COORDINATOR, "closure", dossier).status_code == 200


@pytest.mark.parametrize("spoken", [[], ["gezin"], ["dienst"]])
def test_the_family_and_a_service_are_asked_first(house, spoken):
    dossier = watching()
    for kind in spoken:
        report(contact(dossier, kind))

    page = close(dossier)

    assert page.status_code == 422
    assert "Vraag het gezin en minstens één dienst opnieuw hoe het gaat, en meld beide contacten" in text(
        page
    )
    assert value(page, "outcome") == CLOSED["outcome"]
    assert not Closing.objects.exists()
    dossier.refresh_from_db()
    assert dossier.stage == "wachtperiode"
    tab = text(get(MANAGER, "closure", dossier))
    assert ("Niemand sprak het gezin al opnieuw" in tab) == ("gezin" not in spoken)
    assert ("Niemand sprak al opnieuw met een dienst" in tab) == ("dienst" not in spoken)


def test_a_contact_that_was_only_planned_is_not_asking(house):
    dossier = watching()
    contact(dossier, "gezin")
    contact(dossier, "dienst")

    assert close(dossier).status_code == 422


@pytest.mark.parametrize(
    ("family", "service", "words"),
    [
        ("ja", "nee", "er is nieuw geweld gemeld in de wachtperiode"),
        ("onbekend", "onbekend", "niemand kon zeggen dat er geen nieuw geweld was"),
    ],
)
def test_with_new_violence_or_only_doubt_nothing_is_reached(house, family, service, words):
    dossier = asked_again(watching(), family, service)

    page = close(dossier)

    assert (page.status_code, wrong(page)) == (422, ["reason"])
    assert words in text(page)
    assert value(page, "evaluation") == CLOSED["evaluation"]
    # For another reason it can close all the same.
    assert close(dossier, reason="overgedragen").status_code == 303


def test_one_who_knows_is_enough(house):
    assert close(asked_again(watching(), "onbekend", "nee")).status_code == 303


@pytest.mark.parametrize("reason", OTHER_REASONS)
def test_from_execution_it_closes_for_another_reason_than_success(house, reason):
    dossier = executing()

    assert close(dossier, reason=reason).status_code == 303

    dossier.refresh_from_db()
    assert (dossier.stage, dossier.closure_reason) == ("afgesloten", reason)


def test_success_takes_a_watch_period(house):
    dossier = executing()
    assert offered(get(MANAGER, "close", dossier), "reason") == OTHER_REASONS

    page = close(dossier)

    assert (page.status_code, wrong(page)) == (422, ["reason"])


@pytest.mark.parametrize("reason", ["niet_opgenomen", "aangesloten_bij_bestaand", "zomaar", ""])
def test_the_reason_is_one_of_this_moment(house, reason):
    page = close(asked_again(watching()), reason=reason)

    assert (page.status_code, wrong(page)) == (422, ["reason"])


@pytest.mark.parametrize("field", ["outcome", "evaluation", "retain_years"])
def test_a_closing_is_whole(house, field):
    page = close(asked_again(watching()), **{field: ""})

    assert (page.status_code, wrong(page)) == (422, [field])


# How long is kept (decree art. 15 §3) ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("years", "ground", "agreed", "faults"),
    [
        ("0", "", "", ["retain_years"]),
        ("31", "Grond.", "Allen.", ["retain_years"]),
        ("vijftien", "", "", ["retain_years"]),
        ("16", "", "", ["retain_ground", "retain_agreed"]),
        ("30", "Ernstig geweld.", "", ["retain_agreed"]),
        ("30", "", "Allen akkoord.", ["retain_ground"]),
        ("15", "Ernstig geweld.", "Allen akkoord.", ["retain_ground", "retain_agreed"]),
    ],
)
def test_longer_than_fifteen_years_takes_a_ground_and_everybodys_consent(
    house, years, ground, agreed, faults
):
    dossier = asked_again(watching())

    page = close(dossier, retain_years=years, retain_ground=ground, retain_agreed=agreed)

    assert (page.status_code, wrong(page)) == (422, faults)
    assert not Closing.objects.exists()


@pytest.mark.parametrize(
    ("years", "ground", "agreed"),
    [("1", "", ""), ("15", "", ""), ("16", "Grond.", "Allen."), ("30", "Grond.", "Allen.")],
)
def test_what_is_kept_how_long(house, years, ground, agreed):
    dossier = asked_again(watching())

    assert close(dossier, retain_years=years, retain_ground=ground, retain_agreed=agreed).status_code == 303

    dossier.refresh_from_db()
    assert dossier.retain_until == _years_on(timezone.localdate(), int(years))
    page = text(get(COORDINATOR, "closure", dossier))
    assert f"{years} jaar" in page
    assert ("Allen." in page) == bool(agreed)


@pytest.mark.parametrize(
    ("closed", "years", "until"),
    [
        (date(2026, 11, 22), 15, date(2041, 11, 22)),
        (date(2028, 2, 29), 15, date(2043, 2, 28)),
        (date(2028, 2, 29), 20, date(2048, 2, 28)),
    ],
)
def test_nothing_is_kept_a_day_too_long(closed, years, until):
    assert _years_on(closed, years) == until


@pytest.mark.parametrize(
    ("years", "ground", "agreed"),
    [(0, "", ""), (16, "", ""), (16, "Grond.", ""), (30, "", "Allen."), (31, "Grond.", "Allen.")],
)
def test_the_database_refuses_what_the_decree_does_not_allow(house, years, ground, agreed):
    dossier = watching()
    closing = Closing(
        dossier=dossier, reason="andere", outcome="Uit.", evaluation="Geleerd.", retain_years=years,
        retain_ground=ground, retain_agreed=agreed,
    )  # fmt: skip

    with pytest.raises(IntegrityError, match="closure_closing_retention"), transaction.atomic():
        records.add(closing, by=cast.actor(COORDINATOR))


@pytest.mark.parametrize(
    "change", ["update closure_closing set retain_years = 30", "delete from closure_closing"]
)
def test_the_database_refuses_to_change_a_closing(house, change):
    close(asked_again(watching()))

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


# Who, and when it is over ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("login", "status"),
    [(COORDINATOR, 303), (MANAGER, 303), (ADMINISTRATIVE, 403), (CAW, 403), ("coordinator.antwerpen", 404)],
)
def test_who_closes(house, login, status):
    dossier = asked_again(watching())

    assert close(dossier, by=login).status_code == status
    assert Closing.objects.count() == (status == 303)


@pytest.mark.parametrize("stage", [Stage.REFERRED, Stage.FORMING, Stage.CLOSED])
def test_only_what_is_carried_out_closes_here(house, stage):
    dossier = cast.at(cast.new_dossier(), stage)

    answer = close(dossier, by=COORDINATOR, reason="overgedragen")

    assert answer.status_code == 409
    assert value(answer, "outcome") == CLOSED["outcome"]
    assert get(COORDINATOR, "close", dossier).status_code == 409
    assert not Closing.objects.exists()


def test_closed_by_one_click_it_is_closed_once_also_for_who_lost_access_by_it(house):
    dossier = asked_again(watching())
    client = cast.signed_in(MANAGER)
    data = sent(CLOSED)

    answers = [client.post(url("close", dossier), data) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert Closing.objects.count() == 1
    told = text(client.get(answers[0]["Location"]))
    assert f"Dossier {dossier.number} is afgesloten." in told


def test_closing_early_is_said(house):
    page = text(get(MANAGER, "close", watching()))

    assert "Vroeger afsluiten kan: zeg hieronder waarom." in page
    assert "Vroeger afsluiten kan" not in text(get(MANAGER, "close", executing()))
