"""How to reach somebody without harm: the rule before the number."""

import pytest

from tests import cast
from tests.people.family import (
    AUTHOR,
    COORDINATOR,
    address,
    browser,
    contact,
    faults,
    post,
    somebody,
    tab,
    words,
)
from wida.dossiers.codes import Stage
from wida.people.models import Contact


def test_a_way_to_reach_somebody_is_added_with_its_rule(house):
    dossier = cast.new_dossier()
    kelly = somebody(dossier, "Kelly")
    sent = contact(
        safe_times="on weekdays from 9 to 12", note="Say you call from the school.", confirmed_on="3/11/2026"
    )

    answer = post(AUTHOR, "add_contact", dossier, kelly.pk, data=sent)

    assert answer.status_code == 303
    assert answer["Location"] == f"{address('people', dossier)}#info-{kelly.pk}"
    shown = words(tab(AUTHOR, dossier))
    assert "Safe, on weekdays from 9 to 12, leave no message 0470 00 00 01" in shown
    assert "Say you call from the school." in shown
    assert "Last checked on 03/11/2026" in shown


def test_the_rule_stands_before_every_number(house):
    dossier = cast.new_dossier()
    kelly = somebody(dossier, "Kelly")
    post(AUTHOR, "add_contact", dossier, kelly.pk, data=contact(safe="niet_veilig", value="0470 99 99 99"))
    post(
        AUTHOR, "add_contact", dossier, kelly.pk, data=contact(safe="onbekend", may_leave_message="onbekend")
    )

    shown = words(tab(AUTHOR, dossier))

    assert shown.count("0470 99 99 99") == shown.count("Not safe, leave no message 0470 99 99 99") == 2
    assert shown.count("0470 00 00 01") == shown.count("Not known whether safe 0470 00 00 01") == 2


def test_a_safe_way_is_shown_before_an_unsafe_one(house):
    dossier = cast.new_dossier()
    kelly = somebody(dossier, "Kelly")
    post(AUTHOR, "add_contact", dossier, kelly.pk, data=contact(safe="niet_veilig", value="0470 99 99 99"))
    post(AUTHOR, "add_contact", dossier, kelly.pk, data=contact(safe="veilig", value="0470 00 00 01"))

    shown = words(tab(AUTHOR, dossier))

    assert shown.index("0470 00 00 01") < shown.index("0470 99 99 99")


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"safe": ""}, "Choose an answer for “Is this way safe?”"),
        ({"may_leave_message": ""}, "Choose an answer for “May a message be left?”"),
        ({"value": "call her sister"}, "Fill in a telephone number, for example 0470 00 00 00"),
        ({"kind": "e_mail", "value": "kelly"}, "Fill in a full e-mail address, for example name@example.org"),
        ({"value": ""}, "Fill in “Number, address or other way”"),
        ({"confirmed_on": "1/1/2199"}, "Fill in a date that is not in the future"),
    ],
)
def test_bad_input_is_refused(house, wrong, fault):
    dossier = cast.new_dossier()
    kelly = somebody(dossier, "Kelly")

    answer = post(AUTHOR, "add_contact", dossier, kelly.pk, data=contact(note="Typed with care.") | wrong)

    assert answer.status_code == 422
    assert faults(answer) == [fault]
    assert "Typed with care." in answer.content.decode()
    assert Contact.objects.count() == 0


@pytest.mark.parametrize(
    ("kind", "value"), [("e_mail", "kelly@example.org"), ("andere", "Through the school")]
)
def test_other_ways_are_kept_as_they_are(house, kind, value):
    dossier = cast.new_dossier()

    post(AUTHOR, "add_contact", dossier, somebody(dossier, "Kelly").pk, data=contact(kind=kind, value=value))

    assert value in words(tab(AUTHOR, dossier))


def test_a_change_starts_from_a_version(house):
    dossier = cast.at(cast.new_dossier(), Stage.FORMING)
    kelly = somebody(dossier, "Kelly")
    post(COORDINATOR, "add_contact", dossier, kelly.pk, data=contact(may_leave_message="ja"))
    made = Contact.objects.get()

    shown = browser(COORDINATOR).get(address("edit_contact", dossier, made.pk))
    post(COORDINATOR, "edit_contact", dossier, made.pk, data=contact(safe="niet_veilig", version=1))
    late = post(COORDINATOR, "edit_contact", dossier, made.pk, data=contact(value="0470 00 00 05", version=1))

    assert 'value="ja" checked' in " ".join(shown.content.decode().split())
    assert late.status_code == 409
    assert "Not safe" in words(late)
    assert "0470 00 00 05" in late.content.decode()
    assert Contact.objects.get().safe == "niet_veilig"
    assert Contact.objects.get().value == "0470 00 00 01"
