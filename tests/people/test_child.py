"""What a child lives through, says and shows; and the services around a family."""

import pytest

from tests import cast
from tests.pages import plain
from tests.people.family import COORDINATOR, address, browser, faults, post, read, somebody, tab, words
from wida.dossiers.codes import Stage
from wida.people.models import ChildNote, ChildPanel, Service

PANEL = {
    "exposure": "hoort_merkt",
    "school": "De Linde",
    "school_contact": "Juf An",
    "safe_person": "Grandmother",
}
NOTE = {
    "kind": "stem",
    "on": "5/11/2026",
    "by_whom": "Juf An",
    "text": "“I sleep downstairs, then I hear him come.”",
}
SERVICE = {"name": "CAW, relation counselling", "kind": "caw", "state": "vastgelopen", "since": "10/1/2026"}


@pytest.fixture
def dossier(house):
    return cast.at(cast.new_dossier(), Stage.FORMING)


@pytest.fixture
def noa(dossier):
    return somebody(dossier, "Noa")


def card(dossier, child):
    """The words of one card."""
    page = tab(COORDINATOR, dossier).content.decode()
    start = page.index(f'id="person-{child.pk}"')
    return read(page[start : page.index("</article>", start)])


def test_what_is_not_known_of_a_child_is_said(dossier, noa):
    shown = card(dossier, noa)

    for unknown in (
        "Exposure not known",
        "Not known with whom this child lives",
        "Parents not written down",
        "Not known who last saw this child",
        "It is not known yet what this child lives through.",
        "It is not known yet who holds parental authority.",
        "Nobody wrote down yet what this child says itself.",
        "No signals are written down yet.",
    ):
        assert unknown in shown


def test_a_panel_is_filled_in_once_and_then_changed(dossier, noa):
    first = post(COORDINATOR, "edit_panel", dossier, noa.pk, data=PANEL)
    assert first.status_code == 303
    assert "Hears or notices it" in card(dossier, noa)
    assert "School or day care De Linde" in card(dossier, noa)

    second = post(
        COORDINATOR,
        "edit_panel",
        dossier,
        noa.pk,
        data=PANEL | {"exposure": "getuige_aanwezig", "version": 1},
    )
    assert second.status_code == 303
    assert (ChildPanel.objects.get().exposure, ChildPanel.objects.get().version) == ("getuige_aanwezig", 2)


def test_two_first_panels_at_once_lose_nothing(dossier, noa):
    post(COORDINATOR, "edit_panel", dossier, noa.pk, data=PANEL)

    late = post("administrative.limburg", "edit_panel", dossier, noa.pk, data=PANEL | {"school": "De Berk"})

    assert late.status_code == 409
    assert "De Linde" in plain(late)
    assert "De Berk" in plain(late)
    assert ChildPanel.objects.get().school == "De Linde"


def test_a_withdrawn_panel_can_be_filled_in_again(dossier, noa):
    post(COORDINATOR, "edit_panel", dossier, noa.pk, data=PANEL)
    panel = ChildPanel.objects.get()
    post(COORDINATOR, "withdraw", dossier, "panel", panel.pk, data={"reason": "Another child.", "version": 1})
    assert "Exposure not known" in card(dossier, noa)

    assert post(COORDINATOR, "edit_panel", dossier, noa.pk, data=PANEL).status_code == 303
    assert "Hears or notices it" in card(dossier, noa)


def test_a_panel_needs_an_exposure_if_only_unknown(dossier, noa):
    answer = post(COORDINATOR, "edit_panel", dossier, noa.pk, data=PANEL | {"exposure": ""})

    assert faults(answer) == ["Choose an answer for “How is this child exposed to the violence?”"]
    assert 'value="De Linde"' in answer.content.decode()


def test_who_saw_a_child_last_is_the_latest_day_and_not_the_latest_typed(dossier, noa):
    seen = NOTE | {"kind": "gezien", "text": ""}
    post(COORDINATOR, "add_note", dossier, noa.pk, data=seen | {"on": "5/11/2026", "by_whom": "Juf An"})
    post(COORDINATOR, "add_note", dossier, noa.pk, data=seen | {"on": "1/9/2026", "by_whom": "The doctor"})

    assert "Last seen on 05/11/2026 by Juf An" in card(dossier, noa)


def test_a_childs_own_words_and_signals_are_read_apart(dossier, noa):
    post(COORDINATOR, "add_note", dossier, noa.pk, data=NOTE)
    post(COORDINATOR, "add_note", dossier, noa.pk, data=NOTE | {"kind": "signaal", "text": "Wets her bed."})

    shown = card(dossier, noa)
    assert (
        shown.index("Own voice")
        < shown.index("I sleep downstairs")
        < shown.index("Signals")
        < shown.index("Wets her bed.")
    )


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"kind": ""}, "Choose an answer for “What is it?”"),
        ({"on": ""}, "Fill in “When?”"),
        ({"on": "1/1/2199"}, "Fill in a date that is not in the future"),
        ({"by_whom": ""}, "Fill in “Who heard, saw or noticed it?”"),
        ({"text": ""}, "Write down what the child said or what was noticed"),
        ({"kind": "signaal", "text": " "}, "Write down what the child said or what was noticed"),
    ],
)
def test_bad_notes_are_refused(dossier, noa, wrong, fault):
    answer = post(COORDINATOR, "add_note", dossier, noa.pk, data=NOTE | wrong)

    assert answer.status_code == 422
    assert faults(answer) == [fault]
    assert ChildNote.objects.count() == 0


def test_a_note_is_changed_from_its_version(dossier, noa):
    post(COORDINATOR, "add_note", dossier, noa.pk, data=NOTE)
    note = ChildNote.objects.get()

    answer = post(
        COORDINATOR,
        "edit_note",
        dossier,
        note.pk,
        data=NOTE | {"text": "“He comes home late.”", "version": 1},
    )
    late = post(COORDINATOR, "edit_note", dossier, note.pk, data=NOTE | {"text": "Mine", "version": 1})

    assert answer.status_code == 303
    assert late.status_code == 409
    assert "He comes home late." in words(late)
    assert "Mine" in late.content.decode()


def test_the_form_starts_with_what_was_clicked(dossier, noa):
    shown = browser(COORDINATOR).get(address("add_note", dossier, noa.pk, kind="gezien"))

    assert 'value="gezien" checked' in " ".join(shown.content.decode().split())


# Services -------------------------------------------------------------------------------------------------


def test_a_service_is_added_and_changed(dossier):
    assert post(COORDINATOR, "add_service", dossier, data=SERVICE).status_code == 303
    made = Service.objects.get()
    shown = words(tab(COORDINATOR, dossier))
    assert "CAW, relation counselling Stuck Centre for General Welfare (CAW)" in shown
    assert "since 10/01/2026" in shown

    changed = SERVICE | {"state": "gestopt", "until": "1/10/2026", "result": "He stayed away.", "version": 1}
    assert post(COORDINATOR, "edit_service", dossier, made.pk, data=changed).status_code == 303
    assert post(COORDINATOR, "edit_service", dossier, made.pk, data=changed).status_code == 409
    shown = words(tab(COORDINATOR, dossier))
    assert "He stayed away." in shown
    assert "10/01/2026 to 01/10/2026" in shown


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"name": ""}, "Fill in “Name of the service”"),
        ({"kind": "plumber"}, "Choose again: this answer is no longer in the list"),
        ({"state": ""}, "Choose an answer for “How does it stand?”"),
        ({"until": "9/1/2026"}, "Fill in a last day that is not before the first day"),
        ({"state": "wachtlijst", "until": "1/2/2026"}, "A service somebody waits for has no last day"),
    ],
)
def test_bad_services_are_refused(dossier, wrong, fault):
    answer = post(COORDINATOR, "add_service", dossier, data=SERVICE | {"result": "Typed with care."} | wrong)

    assert answer.status_code == 422
    assert faults(answer) == [fault]
    assert "Typed with care." in answer.content.decode()
    assert Service.objects.count() == 0
