"""Nothing happens unseen: each look, each change and each refusal leaves its event, on every address there is."""

from collections import Counter

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast, rich
from tests.access.test_matrix import OPEN_TO_ALL
from tests.addresses import every_address
from tests.events import events_of
from wida.audit.actions import MORE_THAN_READ
from wida.audit.models import Event
from wida.dossiers.codes import Stage

pytestmark = pytest.mark.usefixtures("house", "seals")

LOOKS = {"read", *MORE_THAN_READ}
# Pages apart from any dossier that show nothing of one: an empty form, one's own account, an explanation.
NOTHING_TO_SEE = {
    "dossiers:new",
    "dossiers:search",
    "dossiers:hide_names",
    "dossiers:start",
    "drafts:ready",
    "consults:add_consult",
    "consults:add_session",
    "house_access:declared",
    "house_access:emergency",
    "house_meetings:call_meeting",
    "house_risk:add_legend",
    "house_risk:legend",
    "house_referrals:new_referral",
}


def test_each_page_leaves_one_look_each_form_that_saves_a_change_and_each_that_fails_none():
    told, found = rich.everything()
    told_ids = {dossier.number: dossier.pk for dossier in told.values()}
    clients = {place.login: cast.signed_in(place.login) for place in found}
    wrong, seen, answered = {}, Counter(), Counter()
    for place in found:
        if place.page is None:
            continue
        client = clients[place.login]
        answer, events = events_of(lambda client=client, place=place: client.get(place.path))
        # Who holds two records beside each other leaves a look in the other dossier, too.
        here = told_ids[place.path.split("/")[2]]
        looks = [(event.action, True, event.why != "") for event in events if event.dossier == here]
        looks += [(event.action, False, event.why != "") for event in events if event.dossier is None]
        if (
            answer.status_code != 200
            or len(looks) != 1
            or looks[0][0] not in LOOKS
            or looks[0][1:] != (True, True)
        ):
            wrong[place.name] = (answer.status_code, looks)
        seen.update(action for action, *_rest in looks)
    for place in found:
        client = clients[place.login]
        for form in place.forms:
            for data in (rich.filled(form), {}):
                answer, events = events_of(lambda: client.post(form.action, data))  # noqa: B023 - called at once
                answered[answer.status_code] += 1
                changes = [event.action for event in events if event.action not in (*LOOKS, "refused")]
                if answer.status_code == 303 and not changes:
                    wrong[place.name] = (answer.status_code, changes)
                elif answer.status_code in (409, 422) and events:
                    wrong[place.name] = (answer.status_code, [event.action for event in events])

    assert wrong == {}
    assert seen["read"] > 80
    assert seen["extract_made"] >= 1
    assert answered[303] > 25
    assert answered[409] + answered[422] > 30


def test_each_page_apart_from_a_dossier_leaves_a_look():
    wrong = {}
    for login in ("coordinator.limburg", "auditor.team", "central.team"):
        client = cast.signed_in(login)
        for address in every_address():
            if address.arguments or address.name in OPEN_TO_ALL | NOTHING_TO_SEE:
                continue
            if address.name.startswith(("accounts:", "web:", "mfa_", "account_")):
                continue
            answer, events = events_of(
                lambda client=client, address=address: client.get(reverse(address.name))
            )
            told = [event.action for event in events]
            expected = {200: (["listed"], ["exported"], ["read"]), 403: (["refused"],)}.get(
                answer.status_code
            )
            if expected and told not in expected:
                wrong[login, address.name] = (answer.status_code, told)

    assert wrong == {}


def test_a_refusal_is_kept_when_the_request_is_rolled_back_and_when_the_view_breaks(monkeypatch):
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    client = Client(raise_request_exception=False)
    client.cookies = cast.signed_in("liaison.caw-limburg").cookies

    def refuse_and_break(request, opened, *rest, **more):
        from wida.access.refusals import refuse

        refuse(request, dossier=dossier.pk, detail="in_passing")
        raise RuntimeError("broken")

    monkeypatch.setattr("wida.audit.views.page.of", lambda opened, filters: 1 / 0)
    address = reverse("audit:looks", args=[dossier.number])
    answer, events = events_of(lambda: client.get(address))
    assert (answer.status_code, events) == (500, [])

    monkeypatch.setattr("wida.audit.views.tab", refuse_and_break)
    monkeypatch.setattr("wida.audit.views.page.of", lambda opened, filters: {})
    answer, events = events_of(lambda: client.get(address))
    assert (answer.status_code, [(event.action, event.detail) for event in events]) == (
        500,
        [("refused", "in_passing")],
    )


def test_an_event_says_from_where_it_came():
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    client, other = cast.signed_in("liaison.caw-limburg"), cast.signed_in("liaison.caw-limburg")
    address = reverse("risk:risk", args=[dossier.number])

    def look(browser, **where) -> Event:
        return events_of(lambda: browser.get(address, **where))[1][0]

    first = look(client, REMOTE_ADDR="203.0.113.77")
    second = look(client, REMOTE_ADDR="2001:db8:1:2:3::4")
    third = look(other, REMOTE_ADDR="203.0.113.5", HTTP_X_FORWARDED_FOR="198.51.100.9")

    assert [event.source for event in (first, second, third)] == [
        "203.0.113.0/24",
        "2001:db8:1::/48",
        "203.0.113.0/24",
    ]
    assert first.session == second.session != third.session
    assert len(first.session) == 16
    assert client.session.session_key not in first.session
    assert len({first.request, second.request, third.request}) == 3
    assert (first.why, first.role, first.organisation) == (
        "auteur uitgenodigd",
        "contactpersoon",
        cast.actor("liaison.caw-limburg").organisation_id,
    )


@pytest.mark.parametrize("words", ["Kelly Bosteels", "élan", "a=b", "regel\ntwee"])
def test_what_somebody_typed_can_not_stand_in_an_event(words):
    from django.db import IntegrityError, transaction

    from wida.audit.actions import record

    for field in ("detail", "why", "action"):
        with pytest.raises(IntegrityError, match="audit_event_codes"), transaction.atomic():
            record(**{"action": "read", field: words})


def test_a_form_without_its_token_is_a_refusal_too():
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    client = Client(enforce_csrf_checks=True)
    client.cookies = cast.signed_in("liaison.caw-limburg").cookies

    answer, events = events_of(lambda: client.post(reverse("risk:add_assessment", args=[dossier.number])))

    assert answer.status_code == 403
    assert [(event.action, event.user, event.detail) for event in events] == [
        ("refused", cast.actor("liaison.caw-limburg").user_id, "add_assessment")
    ]
