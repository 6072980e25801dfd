"""Critical signals and results of instruments through their forms."""

import pytest

from tests import cast
from tests.pages import plain
from tests.risk.assessing import (
    HOUSE,
    POLICE,
    WELFARE,
    client,
    faults,
    page,
    person,
    said,
    shared,
    signal,
    told,
    typed,
    url,
)
from wida.dossiers.codes import Stage
from wida.records.models import Revision
from wida.risk import queries
from wida.risk.models import Instrument, Signal

INSTRUMENT = {
    "name": "Checklist COL 15/2020",
    "edition": "2020",
    "assessor": "Inspecteur Maesens, Politie Limburg",
    "trained": "ja",
    "outcome": "Zeer verontrustend: twee factoren aangeduid.",
    "missing": "Vroegere relaties.",
    "limits": "Alleen op basis van één verhoor.",
}


def instrument(**more) -> dict:
    return INSTRUMENT | {"used_on": typed(9), "about": "", "towards": ""} | more


def test_a_signal_is_told_and_withdrawn_with_a_reason(house):
    dossier = shared()
    told(WELFARE, dossier)
    row = Signal.objects.get()
    assert queries.open_flags(dossier) == [("doodsbedreiging", row.seen_on)]
    address = url("withdraw_signal", dossier, row.pk)
    assert address in page(WELFARE, "risk", dossier)
    assert address not in page(POLICE, "risk", dossier)

    answer = client(WELFARE).post(address, {"version": "1", "reason": "Het ging over een ander gezin."})

    assert answer.status_code == 303, faults(answer)
    assert queries.open_flags(dossier) == []
    assert "niet meer meemaken" not in page(WELFARE, "risk", dossier)
    assert Revision.objects.get(row=row.pk).reason == "Het ging over een ander gezin."


def test_a_withdrawal_without_a_reason_is_refused(house):
    dossier = shared()
    told(WELFARE, dossier)

    answer = client(WELFARE).post(url("withdraw_signal", dossier, Signal.objects.get().pk), {"version": "1"})

    assert answer.status_code == 422
    assert len(queries.open_flags(dossier)) == 1


def test_another_organisation_withdraws_nobodys_words(house):
    dossier = shared()
    told(WELFARE, dossier)
    address = url("withdraw_signal", dossier, Signal.objects.get().pk)

    assert client(POLICE).get(address).status_code == 403
    assert client(HOUSE).post(address, {"version": "1", "reason": "weg"}).status_code == 403
    assert len(queries.open_flags(dossier)) == 1


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"account": ""}, said("Describe what was seen or said")),
        ({"state": "vermoeden", "account": ""}, said("Describe what was seen or said")),
        ({"source": ""}, said("Fill in “{label}”").replace("{label}", said("Source"))),
    ],
)
def test_a_signal_says_what_was_seen_and_from_whom(house, change, fault):
    answer = client(WELFARE).post(url("add_signal", shared()), signal(**change))

    assert answer.status_code == 422
    assert faults(answer) == [fault]
    assert not Signal.objects.exists()


def test_looked_into_and_not_found_needs_no_account(house):
    dossier = shared()

    told(WELFARE, dossier, flag="wapen", state="afwezig", account="")

    assert queries.open_flags(dossier) == []
    assert str(queries.facts(dossier).flags["wapen"].state) == "afwezig"


def test_an_unknown_signal_or_a_day_to_come_is_refused(house):
    dossier = shared()

    for change in (
        {"flag": "iets"},
        {"state": "onbekend"},
        {"seen_on": typed(-1)},
        {"not_for": "geen persoon"},
    ):
        assert client(WELFARE).post(url("add_signal", dossier), signal(**change)).status_code == 422
    assert not Signal.objects.exists()


def test_an_empty_form_names_every_answer_that_is_missing(house):
    answer = client(WELFARE).post(url("add_signal", shared()), {})

    assert answer.status_code == 422
    assert len(faults(answer)) == 4


def test_the_same_signal_sent_twice_is_one(house):
    dossier, browser, data = shared(), client(WELFARE), signal()

    for _ in range(2):
        assert browser.post(url("add_signal", dossier), data).status_code == 303
    assert Signal.objects.count() == 1


@pytest.mark.parametrize(
    ("login", "status"), [("coordinator.antwerpen", 404), ("administrative.limburg", 403)]
)
def test_who_may_not_tell_one(house, login, status):
    dossier = shared()

    assert client(login).post(url("add_signal", dossier), signal()).status_code == status
    assert client(login).post(url("add_instrument", dossier), instrument()).status_code == status
    assert not Signal.objects.exists()
    assert not Instrument.objects.exists()


def test_a_closed_dossier_takes_no_signal(house):
    dossier = cast.at(shared(), Stage.CLOSED)

    answer = client(HOUSE).post(url("add_signal", dossier), signal(account="Dit wil ik niet kwijt."))

    assert answer.status_code == 409
    assert "Dit wil ik niet kwijt." in answer.content.decode()


def test_the_result_of_an_instrument_stands_as_it_was_reported(house):
    dossier = shared()
    data = instrument(about=person(dossier, "Youri"), towards=person(dossier, "Kelly"))

    answer = client(POLICE).post(url("add_instrument", dossier), data)

    assert answer.status_code == 303, faults(answer)
    html = page(WELFARE, "risk", dossier)
    for words in (
        *(INSTRUMENT[name] for name in INSTRUMENT if name != "trained"),
        "Youri Aerdman → Kelly Bosteels",
    ):
        assert words in html


@pytest.mark.parametrize("left_out", ["name", "used_on", "assessor", "trained", "outcome"])
def test_what_a_result_can_not_do_without(house, left_out):
    answer = client(POLICE).post(url("add_instrument", shared()), instrument(**{left_out: ""}))

    assert answer.status_code == 422
    assert len(faults(answer)) == 1


def test_a_result_is_changed_by_its_own_organisation_with_the_old_one_kept(house):
    dossier = shared()
    client(POLICE).post(url("add_instrument", dossier), instrument())
    row = Instrument.objects.get()
    address = url("edit_instrument", dossier, row.pk)
    assert client(WELFARE).get(address).status_code == 403

    answer = client(POLICE).post(address, instrument(outcome="Verontrustend.", version="1"))

    assert answer.status_code == 303, faults(answer)
    assert Instrument.objects.get().outcome == "Verontrustend."
    assert INSTRUMENT["outcome"] in Revision.objects.get(row=row.pk).state


def test_two_colleagues_in_one_result_lose_nothing(house):
    dossier = shared()
    client(POLICE).post(url("add_instrument", dossier), instrument())
    address = url("edit_instrument", dossier, Instrument.objects.get().pk)
    client(POLICE).post(address, instrument(outcome="De eerste.", version="1"))

    answer = client(POLICE).post(address, instrument(outcome="De tweede.", version="1"))

    assert answer.status_code == 409
    assert "De eerste." in plain(answer)
    assert "De tweede." in plain(answer)
    assert Instrument.objects.get().outcome == "De eerste."


def test_a_result_is_withdrawn_with_a_reason(house):
    dossier = shared()
    client(POLICE).post(url("add_instrument", dossier), instrument())
    address = url("withdraw_instrument", dossier, Instrument.objects.get().pk)
    assert client(WELFARE).post(address, {"version": "1", "reason": "weg"}).status_code == 403

    answer = client(POLICE).post(address, {"version": "1", "reason": "Verkeerde persoon."})

    assert answer.status_code == 303, faults(answer)
    assert INSTRUMENT["outcome"] not in page(POLICE, "risk", dossier)
    assert client(POLICE).get(address).status_code == 404
