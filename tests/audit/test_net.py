"""Nothing happens unseen: each look, each change and each refusal leaves its event, on every address there is."""

from collections import Counter

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast, rich
from tests.access.test_matrix import OPEN_TO_ALL, PLAYERS
from tests.addresses import arguments_for, every_address, of_dossiers
from wida.access.rules import Right
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
    "house_meetings:call_meeting",
    "house_risk:add_legend",
    "house_risk:legend",
}


def events_of(act, **facts) -> tuple[object, list[Event]]:
    """What was answered, and the events that this left."""
    before = set(Event.objects.values_list("id", flat=True))
    answer = act()
    return answer, list(Event.objects.filter(**facts).exclude(pk__in=before).order_by("id"))


def test_each_page_of_a_dossier_leaves_one_look():
    told = rich.families()
    told_ids = {dossier.number: dossier.pk for dossier in told.values()}
    wrong, seen = {}, Counter()
    for place in rich.places(told):
        if place.page is None:
            continue
        client = cast.signed_in(place.login)
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

    assert wrong == {}
    assert seen["read"] > 80
    assert seen["extract_made"] >= 1


def test_each_form_that_saves_leaves_a_change_and_each_that_fails_leaves_none():
    told = rich.families()
    wrong, saved, failed = {}, 0, 0
    for place in rich.places(told):
        for form in place.forms:
            client = cast.signed_in(place.login)
            for data in (rich.filled(form), {}):
                answer, events = events_of(lambda: client.post(form.action, data))  # noqa: B023 - called at once
                changes = [event.action for event in events if event.action not in (*LOOKS, "refused")]
                if answer.status_code == 303:
                    saved += 1
                    if not changes:
                        wrong[place.name] = (answer.status_code, changes)
                elif answer.status_code in (409, 422):
                    failed += 1
                    if events:
                        wrong[place.name] = (answer.status_code, [event.action for event in events])

    assert wrong == {}
    assert saved > 25
    assert failed > 30


@pytest.mark.parametrize("login", PLAYERS)
def test_each_refusal_leaves_one_event_that_says_who_and_where(login):
    dossier = cast.at(cast.new_dossier(by="referrer.hospital-limburg"), Stage.EXECUTION)
    player, client = cast.actor(login), cast.signed_in(login)
    wrong = {}
    for address in of_dossiers():
        url = reverse(address.name, kwargs=arguments_for(address, dossier.number))
        act = client.get if address.view.right == Right.READ else client.post
        answer, events = events_of(lambda act=act, url=url: act(url))
        told = [(event.action, event.user, event.dossier) for event in events]
        if answer.status_code in (403, 404) and told != [("refused", player.user_id, dossier.pk)]:
            wrong[address.name] = (answer.status_code, told)

    assert wrong == {}


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
