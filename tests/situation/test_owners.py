"""Whose words they are: only the own organisation changes or withdraws; others dispute or add."""

import pytest

from tests import cast
from tests.situation import story
from wida.audit.models import Event
from wida.situation.models import (
    Danger,
    Dynamic,
    Incident,
    Informed,
    Measure,
    Narrative,
    Pattern,
    Remark,
)

OTHERS = ("liaison.police-limburg", "coordinator.limburg", "casemanager.limburg")


@pytest.fixture
def dossier(house):
    from wida.dossiers.codes import Stage

    return cast.at(cast.new_dossier(), Stage.EXECUTION)


@pytest.fixture
def told(dossier):
    """One row of each kind, written by the CAW."""
    caw = cast.signed_in("liaison.caw-limburg")
    kelly = story.person(dossier, "Kelly")
    for name, data, *args in (
        ("add_incident", story.incident(dossier)),
        ("add_pattern", story.pattern(dossier)),
        ("add_measure", story.measure(dossier)),
        ("add_dynamic", story.dynamic(dossier)),
        ("add_danger", story.danger()),
        ("narrative", {"text": "Wat het CAW weet"}),
        ("inform", story.not_yet(), kelly),
    ):
        assert story.post(caw, name, dossier, data, *args).status_code == 303
    return caw


@pytest.mark.parametrize("login", OTHERS)
def test_nobody_changes_or_withdraws_the_words_of_another(dossier, told, login):
    other = cast.signed_in(login)
    edits = (
        ("edit_incident", Incident, story.incident(dossier, account="Vervalst")),
        (
            "edit_pattern",
            Pattern,
            story.pattern(dossier, receivers=story.person(dossier, "Kelly"), note="Vervalst"),
        ),
        ("edit_measure", Measure, story.measure(dossier, conditions="Vervalst")),
        ("edit_dynamic", Dynamic, story.dynamic(dossier, grounds="Vervalst")),
        ("edit_danger", Danger, story.danger(what="Vervalst")),
    )
    for name, model, data in edits:
        row = model.objects.get()
        assert other.get(story.url(name, dossier, row.pk)).status_code == 403
        assert story.post(other, name, dossier, data | {"version": "1"}, row.pk).status_code == 403
        row.refresh_from_db()
        assert row.version == 1
    for kind, model in (
        ("incidents", Incident),
        ("patterns", Pattern),
        ("measures", Measure),
        ("dynamics", Dynamic),
        ("dangers", Danger),
        ("narratives", Narrative),
        ("informed", Informed),
    ):
        row = model.objects.get()
        answer = story.post(other, "withdraw", dossier, {"reason": "weg ermee", "version": "1"}, kind, row.pk)
        assert answer.status_code == 403
        row.refresh_from_db()
        assert row.withdrawn_at is None


def test_a_refused_change_is_recorded(dossier, told):
    incident = Incident.objects.get()

    cast.signed_in("liaison.police-limburg").get(story.url("edit_incident", dossier, incident.pk))

    event = Event.objects.get(action="refused")
    assert (event.row, event.detail, event.part) == (incident.pk, "other_organisation", "situation")


@pytest.mark.parametrize("login", OTHERS)
def test_the_tab_offers_others_a_remark_and_no_change(dossier, told, login):
    incident = Incident.objects.get()

    page = story.page(cast.signed_in(login), dossier)

    assert story.url("add_remark", dossier, "incidents", incident.pk) in page
    assert story.url("edit_incident", dossier, incident.pk) not in page
    assert story.url("withdraw", dossier, "incidents", incident.pk) not in page


def test_the_author_fills_everything_while_the_dossier_is_built(house):
    dossier = cast.new_dossier(by="referrer.hospital-limburg")
    author = cast.signed_in("referrer.hospital-limburg")

    answer = story.post(author, "add_incident", dossier, story.incident(dossier))
    again = story.post(
        author,
        "edit_incident",
        dossier,
        story.incident(dossier, version="1", account="Beter"),
        Incident.objects.get().pk,
    )

    assert (answer.status_code, again.status_code) == (303, 303)
    assert Incident.objects.get().organisation == cast.member("referrer.hospital-limburg").organisation


def test_a_dispute_is_shown_without_touching_the_words(dossier, told):
    incident = Incident.objects.get()
    police = cast.signed_in("liaison.police-limburg")

    form = police.get(story.url("add_remark", dossier, "incidents", incident.pk)).content.decode()
    remark = {"kind": "betwist", "text": "Volgens het PV sloeg niemand."}
    answer = story.post(police, "add_remark", dossier, remark, "incidents", incident.pk)

    incident.refresh_from_db()
    assert "Slagen in het gezicht" in form
    assert (answer.status_code, answer["Location"]) == (303, story.url("incident", dossier, incident.pk))
    assert (incident.version, incident.account) == (1, "Slagen in het gezicht, in de keuken.")
    page = story.page(told, dossier)
    assert "Betwist" in page
    assert "door Politie Limburg" in page
    assert "Volgens het PV sloeg niemand." in told.get(answer["Location"]).content.decode()


def test_every_kind_of_row_can_be_disputed(dossier, told):
    police = cast.signed_in("liaison.police-limburg")
    kinds = {
        "patterns": Pattern,
        "measures": Measure,
        "dynamics": Dynamic,
        "dangers": Danger,
        "narratives": Narrative,
    }
    for kind, model in kinds.items():
        row = model.objects.get()
        answer = story.post(
            police, "add_remark", dossier, {"kind": "betwist", "text": f"Niet zo: {kind}"}, kind, row.pk
        )
        assert answer["Location"] == story.url("entry", dossier, kind, row.pk)
        assert f"Niet zo: {kind}" in police.get(answer["Location"]).content.decode()
    assert story.page(told, dossier).count("door Politie Limburg") == 5


def test_a_remark_needs_its_kind_and_words(dossier, told):
    police = cast.signed_in("liaison.police-limburg")

    answer = story.post(police, "add_remark", dossier, {}, "incidents", Incident.objects.get().pk)

    assert answer.status_code == 422
    assert 'href="#id_kind_0"' in answer.content.decode()
    assert 'href="#id_text"' in answer.content.decode()


@pytest.mark.parametrize("kind", ["remarks", "heksen", "Incidents"])
def test_a_remark_on_something_that_cannot_have_one_does_not_exist(dossier, told, kind):
    police = cast.signed_in("liaison.police-limburg")

    answer = story.post(
        police, "add_remark", dossier, {"kind": "betwist", "text": "x"}, kind, Incident.objects.get().pk
    )

    assert answer.status_code == 404


def test_a_remark_is_changed_and_withdrawn_by_who_made_it(dossier, told):
    incident = Incident.objects.get()
    police = cast.signed_in("liaison.police-limburg")
    story.post(
        police, "add_remark", dossier, {"kind": "betwist", "text": "Eerst dit"}, "incidents", incident.pk
    )
    remark = Remark.objects.get()

    foreign = story.post(
        told, "edit_remark", dossier, {"kind": "aanvulling", "text": "x", "version": "1"}, remark.pk
    )
    data = {"kind": "aanvulling", "text": "Nu dit", "version": "1"}
    changed = story.post(police, "edit_remark", dossier, data, remark.pk)
    stale = story.post(police, "edit_remark", dossier, data, remark.pk)
    gone = story.post(
        police, "withdraw", dossier, {"reason": "vergist", "version": "2"}, "remarks", remark.pk
    )

    assert (foreign.status_code, changed.status_code, stale.status_code) == (403, 303, 409)
    assert (gone.status_code, gone["Location"]) == (303, story.url("incident", dossier, incident.pk))
    assert "Nu dit" not in told.get(gone["Location"]).content.decode()


def test_what_is_withdrawn_stays_readable_with_who_and_why(dossier, told):
    incident = Incident.objects.get()

    without = story.post(told, "withdraw", dossier, {"reason": "", "version": "1"}, "incidents", incident.pk)
    answer = story.post(
        told, "withdraw", dossier, {"reason": "dubbel geteld", "version": "1"}, "incidents", incident.pk
    )

    assert (without.status_code, answer.status_code) == (422, 303)
    assert answer["Location"] == story.url("situation", dossier) + "#incidents"
    assert "Slagen in het gezicht" not in story.page(told, dossier)
    page = told.get(story.url("withdrawn", dossier)).content.decode()
    assert "Slagen in het gezicht" in page
    assert "dubbel geteld" in page
    assert cast.actor("liaison.caw-limburg").signature in page
    assert told.get(story.url("incident", dossier, incident.pk)).status_code == 404


def test_withdrawing_who_was_informed_ends_its_task(dossier, told):
    from wida.dossiers.codes import TaskKind
    from wida.dossiers.models import Task

    row = Informed.objects.get()
    story.post(told, "withdraw", dossier, {"reason": "verkeerde persoon", "version": "1"}, "informed", row.pk)

    assert Task.objects.get(kind=TaskKind.INFORM).done_at is not None


def test_an_old_version_is_not_withdrawn(dossier, told):
    incident = Incident.objects.get()
    story.post(
        told, "edit_incident", dossier, story.incident(dossier, account="Nieuw", version="1"), incident.pk
    )

    answer = story.post(
        told, "withdraw", dossier, {"reason": "dubbel", "version": "1"}, "incidents", incident.pk
    )

    incident.refresh_from_db()
    assert (answer.status_code, incident.withdrawn_at) == (409, None)
