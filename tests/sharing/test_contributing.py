"""What a partner shares: only in its own lane, with everything the law wants kept, version after version."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests import cast
from tests.referrals.pages import chosen, text, value, wrong
from tests.referrals.steps import clear, referred
from tests.sharing.steps import COORDINATOR, KNOWN, ask, forming, get, post, share, url
from wida.dossiers.codes import Stage
from wida.dossiers.models import Task
from wida.people.models import Person
from wida.records import actions as records
from wida.sharing.models import Contribution, Lane

POLICE = "liaison.police-limburg"


def test_everything_the_law_wants_is_kept(house):
    dossier = cast.at(referred(), Stage.REFERRED)
    clear(dossier)
    cast.at(dossier, Stage.FORMING)
    (lane,) = ask(dossier, POLICE)
    noa = next(person for person in Person.objects.of(dossier) if person.given_name == "Noa")

    answer = share(POLICE, dossier, lane, persons=[str(noa.pk)])

    assert (answer.status_code, answer["Location"]) == (303, url("sharing", dossier) + "#lane-politie")
    said = Contribution.objects.get(lane=lane)
    assert (said.version, said.state, said.text, said.necessity) == (
        1,
        "gekend",
        KNOWN["text"],
        KNOWN["necessity"],
    )
    assert (said.source, said.source_on, said.categories, said.persons) == (
        "politie",
        date(2026, 11, 9),
        [9, 11],
        [noa.pk],
    )
    assert (said.basis, said.basis_on) == ("art. 353 §2 nieuw Strafwetboek", date(2026, 11, 18))
    actor = cast.actor(POLICE)
    assert (said.signature, said.organisation_id, said.role, said.function) == (
        actor.signature,
        actor.organisation_id,
        "verbindingsambtenaar_politie",
        "verbindingsambtenaar",
    )
    lane.refresh_from_db()
    assert (lane.state, lane.open, lane.answered_on) == ("gekend", False, timezone.localdate())
    assert Task.objects.get(kind="antwoord_partner").done_by == actor.signature
    page = text(get(COORDINATOR, "sharing", dossier))
    assert KNOWN["text"] in page
    assert "Over: Noa Bosteels" in page
    assert "Niet vertellen aan het gezin" in page


@pytest.mark.parametrize("state", ["gekend", "vroeger_gekend"])
@pytest.mark.parametrize("missing", ["text", "source", "categories", "necessity"])
def test_what_is_shared_is_whole(house, state, missing):
    dossier = forming()
    (lane,) = ask(dossier, POLICE)

    page = share(POLICE, dossier, lane, state=state, **{missing: []})

    assert page.status_code == 422
    assert wrong(page) == [missing]
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("state", ["", "gevraagd", "ingetrokken", "misschien"])
def test_only_the_five_answers_count(house, state):
    dossier = forming()
    (lane,) = ask(dossier, POLICE)

    page = share(POLICE, dossier, lane, state=state)

    assert page.status_code == 422
    assert wrong(page) == ["state"]
    assert KNOWN["text"] in text(page)


@pytest.mark.parametrize("state", ["niet_gekend", "niets_te_delen"])
def test_an_answer_without_information_is_a_full_answer(house, state):
    dossier = forming()
    (lane,) = ask(dossier, POLICE)

    answer = post(POLICE, "contribute", dossier, lane.pk, data={"state": state})

    assert answer.status_code == 303
    said = Contribution.objects.get()
    assert (said.state, said.text, said.source, said.categories) == (state, "", "", [])
    lane.refresh_from_db()
    assert lane.state == state


@pytest.mark.parametrize("state", ["niet_gekend", "niets_te_delen", "mag_niet_delen"])
def test_text_typed_with_an_answer_without_information_is_asked_about_not_dropped(house, state):
    dossier = forming()
    (lane,) = ask(dossier, POLICE)

    page = share(POLICE, dossier, lane, state=state, why_not="Beroepsgeheim.")

    assert page.status_code == 422
    assert {"text", "necessity"} <= set(wrong(page))
    assert KNOWN["text"] in text(page)
    assert not Contribution.objects.exists()


def test_may_not_share_needs_its_ground(house):
    dossier = forming()
    (lane,) = ask(dossier, POLICE)

    without = post(POLICE, "contribute", dossier, lane.pk, data={"state": "mag_niet_delen"})
    with_it = post(
        POLICE,
        "contribute",
        dossier,
        lane.pk,
        data={"state": "mag_niet_delen", "why_not": "Geheim van het onderzoek."},
    )

    assert (without.status_code, with_it.status_code) == (422, 303)
    assert wrong(without) == ["why_not"]
    assert Contribution.objects.get().why_not == "Geheim van het onderzoek."
    assert "Geheim van het onderzoek." in text(get(COORDINATOR, "sharing", dossier))


@pytest.mark.parametrize(
    ("field", "typed"),
    [("categories", ["15"]), ("categories", ["0"]), ("source", "roddel"), ("source_on", "morgen")],
)
def test_only_what_the_lists_know(house, field, typed):
    dossier = forming()
    (lane,) = ask(dossier, POLICE)

    assert wrong(share(POLICE, dossier, lane, **{field: typed})) == [field]


def test_a_source_is_not_from_tomorrow_and_a_person_is_of_this_dossier(house):
    dossier, other = forming(), forming(family_name="Coremans")
    (lane,) = ask(dossier, POLICE)
    stranger = Person.objects.of(other).first()
    tomorrow = f"{timezone.localdate() + timedelta(days=1):%d/%m/%Y}"

    assert wrong(share(POLICE, dossier, lane, source_on=tomorrow)) == ["source_on"]
    assert wrong(share(POLICE, dossier, lane, persons=[str(stranger.pk)])) == ["persons"]
    assert not Contribution.objects.exists()


def test_a_correction_is_a_new_version_with_its_reason(house):
    dossier = forming()
    (lane,) = ask(dossier, POLICE)
    share(POLICE, dossier, lane)

    page = get(POLICE, "contribute", dossier, lane.pk)
    assert (value(page, "text"), chosen(page, "categories")) == (KNOWN["text"], ["9", "11"])
    without = share(POLICE, dossier, lane, version="1", text="Vijf tussenkomsten.")
    corrected = share(
        POLICE, dossier, lane, version="1", text="Vijf tussenkomsten.", reason="Eén over het hoofd gezien."
    )

    assert (without.status_code, corrected.status_code) == (422, 303)
    assert wrong(without) == ["reason"]
    versions = Contribution.objects.filter(lane=lane).order_by("version")
    assert [(said.version, said.text) for said in versions] == [
        (1, KNOWN["text"]),
        (2, "Vijf tussenkomsten."),
    ]
    tab = text(get(COORDINATOR, "sharing", dossier))
    assert ("Vijf tussenkomsten." in tab, KNOWN["text"] in tab) == (True, False)
    assert "Eerdere versies (1)" in tab
    history = text(get(COORDINATOR, "versions", dossier, lane.pk))
    assert all(
        said in history for said in ("Vijf tussenkomsten.", KNOWN["text"], "Eén over het hoofd gezien.")
    )
    assert history.index("Versie 2") < history.index("Versie 1")


def test_a_withdrawal_leaves_the_reason_and_the_earlier_version(house):
    dossier = forming()
    (lane,) = ask(dossier, POLICE)
    share(POLICE, dossier, lane)

    answer = post(POLICE, "withdraw", dossier, lane.pk, data={"reason": "Verkeerd gezin.", "version": "1"})

    assert answer.status_code == 303
    lane.refresh_from_db()
    assert (lane.state, lane.open) == ("ingetrokken", False)
    tab = text(get(COORDINATOR, "sharing", dossier))
    assert ("Verkeerd gezin." in tab, KNOWN["text"] in tab) == (True, False)
    assert KNOWN["text"] in text(get(COORDINATOR, "versions", dossier, lane.pk))
    assert get(POLICE, "withdraw", dossier, lane.pk).status_code == 404
    assert share(POLICE, dossier, lane, version="2", reason="Nu het juiste gezin.").status_code == 303


def test_a_withdrawal_needs_a_reason_and_something_to_withdraw(house):
    dossier = forming()
    (lane,) = ask(dossier, POLICE)
    assert post(POLICE, "withdraw", dossier, lane.pk, data={"reason": "Niets."}).status_code == 404
    share(POLICE, dossier, lane)

    page = post(POLICE, "withdraw", dossier, lane.pk, data={"reason": " ", "version": "1"})

    assert page.status_code == 422
    assert Contribution.objects.count() == 1


@pytest.mark.parametrize("name", ["contribute", "withdraw"])
def test_two_colleagues_at_once_lose_nothing(house, name):
    dossier = forming()
    (lane,) = ask(dossier, POLICE)
    share(POLICE, dossier, lane)
    share(POLICE, dossier, lane, version="1", text="Eerst bewaard.", reason="Nieuw feit.")

    page = post(POLICE, name, dossier, lane.pk, data=KNOWN | {"version": "1", "reason": "Te laat getypt."})

    assert page.status_code == 409
    assert "Te laat getypt." in text(page)
    assert "Eerst bewaard." in text(page)
    assert Contribution.objects.count() == 2


def test_a_version_that_nobody_was_shown_conflicts_with_what_stands(house):
    dossier = forming()
    (lane,) = ask(dossier, POLICE)
    share(POLICE, dossier, lane, text="Eerst bewaard.")

    page = share(
        POLICE, dossier, lane, version="7", text="Op een versie die er niet is.", reason="Nieuw feit."
    )

    assert page.status_code == 409
    assert "Eerst bewaard." in text(page)
    assert [said.text for said in Contribution.objects.all()] == ["Eerst bewaard."]


def test_two_first_answers_at_once_lose_nothing(house):
    dossier = forming()
    (lane,) = ask(dossier, POLICE)
    share(POLICE, dossier, lane, text="Eerst bewaard.")

    page = share(POLICE, dossier, lane, text="Ook eerst getypt.", reason="Eerste antwoord")

    assert page.status_code == 409
    assert "Ook eerst getypt." in text(page)
    assert [said.text for said in Contribution.objects.all()] == ["Eerst bewaard."]


def test_shared_twice_counts_once(house):
    dossier = forming()
    (lane,) = ask(dossier, POLICE)
    data = KNOWN | {"form_key": "5b0c9a0e-62c5-4b77-9f0c-0d7cfe0a4444"}
    client = cast.signed_in(POLICE)

    answers = [client.post(url("contribute", dossier, lane.pk), data).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert Contribution.objects.count() == 1


def test_a_contribution_never_changes(house):
    dossier = forming()
    (lane,) = ask(dossier, POLICE)
    share(POLICE, dossier, lane)
    said = Contribution.objects.get()

    for statement in (
        "update sharing_contribution set state = 'niet_gekend', text = null where id = %s",
        "update sharing_contribution set withdrawn_at = now() where id = %s",
        "delete from sharing_contribution where id = %s",
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            connection.cursor().execute(statement, [said.pk])
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        records.change(said, by=cast.actor(POLICE), version=1, state="niet_gekend")
    assert Contribution.objects.get().text == KNOWN["text"]


def test_what_is_shared_stands_sealed_in_the_database(house):
    dossier = forming()
    (lane,) = ask(dossier, POLICE)
    share(POLICE, dossier, lane)

    with connection.cursor() as cursor:
        cursor.execute("select c::text from sharing_contribution c")
        row = cursor.fetchone()[0]

    name = cast.member("liaison.caw-limburg").user.name
    assert KNOWN["text"].encode().hex() not in row
    assert KNOWN["text"] not in row
    assert name not in row
    assert name in Contribution.objects.get().recipients


def test_after_closing_a_partner_no_longer_writes(house):
    dossier = forming()
    (lane,) = ask(dossier, POLICE)
    cast.at(dossier, Stage.CLOSED)

    assert share(POLICE, dossier, lane).status_code == 404
    assert not Contribution.objects.exists()


def test_a_lane_is_unique_in_the_database(house):
    dossier = forming()
    (lane,) = ask(dossier, POLICE)
    twin = Lane(
        dossier=dossier,
        lane=lane.lane,
        partner_id=lane.partner_id,
        requested_on=lane.requested_on,
        due_on=lane.due_on,
    )

    with pytest.raises(IntegrityError, match="sharing_lane_once"), transaction.atomic():
        records.add(twin, by=cast.actor(COORDINATOR))
