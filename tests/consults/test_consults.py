"""Tracks 0 and 1: noted without anybody in it, counted apart, and read by who gives advice in the same house."""

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.referrals.pages import fault, text, value, wrong
from tests.test_statements import statements
from wida.access.walls.identity import act_as, walled
from wida.audit.models import Event
from wida.consults import actions
from wida.consults.models import Consult, GroupSession
from wida.records.sealing import Locked, keyring

COORDINATOR, PSYCHOLOGIST = "coordinator.limburg", "psychologist.limburg"
CONSULT = {
    "on": "16/11/2026",
    "asked_by": "clb",
    "theme": "partnergeweld",
    "question": "Een leerling vertelt dat papa mama slaat.\nWat mag de school doen?",
    "advice": "Spreek de leerling alleen, en bel 1712.",
    "minutes": "25",
}
SESSION = {
    "on": "16/11/2026",
    "theme": "partnergeweld",
    "audience": "slachtoffers",
    "participants": "9",
    "minutes": "120",
}
SECRETS = (
    "85.07.30-000.00",
    "0470 11 22 33",
    "Wielewaal",
    "1-ABC-234",
    "kelly@voorbeeld.be",
    "Kanarielaan 7",
)
NAMING = CONSULT | {
    "question": "De leerling (85.07.30-000.00) belde\nvan 0470 11 22 33, zei mevrouw Wielewaal.",
    "advice": "Let op de 1-ABC-234; schrijf kelly@voorbeeld.be of Kanarielaan 7.",
}


def post(name: str, data: dict, login: str = COORDINATOR, *args):
    return cast.signed_in(login).post(reverse(f"consults:{name}", args=args), data)


def get(name: str, login: str = COORDINATOR, *args):
    return cast.signed_in(login).get(reverse(f"consults:{name}", args=args))


def test_a_consult_is_noted_and_read_by_the_team_of_the_house(house):
    answer = post("add_consult", CONSULT, PSYCHOLOGIST)

    assert (answer.status_code, answer["Location"]) == (303, reverse("consults:consults"))
    noted = Consult.objects.get()
    assert (noted.asked_by, noted.theme, noted.minutes, noted.confirmed) == ("clb", "partnergeweld", 25, "")
    listed = text(get("consults"))
    for words in (
        "Partnergeweld",
        "CLB",
        "25 minuten",
        "16/11/2026",
        f"1 consult in {timezone.localdate().year}",
    ):
        assert words in listed
    assert "leerling" not in listed
    page = text(get("consult", COORDINATOR, noted.pk))
    assert "Een leerling vertelt dat papa mama slaat." in page
    assert "Spreek de leerling alleen, en bel 1712." in page


def test_no_field_asks_who_somebody_is(house):
    form = text(get("add_consult"))
    asked = set(re.findall(r'name="(\w+)"', form.partition("data-guard")[2].partition("</form>")[0]))

    assert asked - {"csrfmiddlewaretoken", "form_key", "draft_title", "draft"} == {*CONSULT, "seen"} - {
        "seen"
    }


def test_what_may_lead_to_somebody_is_named_before_anything_is_saved(house):
    page = post("add_consult", NAMING)

    assert page.status_code == 422
    assert not Consult.objects.exists()
    assert wrong(page) == ["question", "advice"]
    assert "De vraag, regel 1: een rijksregisternummer “85.07.30-000.00”" in fault(page, "question")
    assert "De vraag, regel 2: een telefoonnummer “0470 11 22 33”" in fault(page, "question")
    assert "De vraag, regel 2: een naam “mevrouw Wielewaal”" in fault(page, "question")
    for words in (
        "een nummerplaat “1-ABC-234”",
        "“kelly@voorbeeld.be”",
        "Het advies, regel 1: een adres “Kanarielaan 7”",
    ):
        assert words in fault(page, "advice")
    assert value(page, "question") == NAMING["question"]
    assert value(page, "advice") == NAMING["advice"]
    assert value(page, "minutes") == "25"


def test_saying_that_one_looked_holds_for_exactly_what_was_shown(house):
    seen = value(post("add_consult", NAMING), "seen")

    unticked = post("add_consult", NAMING | {"seen": seen})
    more = post(
        "add_consult",
        NAMING | {"seen": seen, "checked": "on", "advice": NAMING["advice"] + " Of 011 22 33 44."},
    )
    forged = post("add_consult", NAMING | {"seen": "", "checked": "on"})
    assert (unticked.status_code, more.status_code, forged.status_code) == (422, 422, 422)
    assert "“011 22 33 44”" in fault(more, "advice")
    assert "checked>" not in text(more)
    assert not Consult.objects.exists()

    assert post("add_consult", NAMING | {"seen": seen, "checked": "on"}).status_code == 303
    noted = Consult.objects.get()
    kinds = "adres e_mailadres naam nummerplaat rijksregisternummer telefoonnummer"
    assert noted.confirmed == kinds
    assert "een telefoonnummer" in text(get("consult", COORDINATOR, noted.pk))
    told = [repr(vars(event)) for event in Event.objects.all()]
    assert [secret for secret in SECRETS if any(secret in one for one in told)] == []
    assert Event.objects.get(action="added").detail == kinds
    with connection.cursor() as cursor:
        cursor.execute("select consults_consult::text from consults_consult")
        stored = cursor.fetchone()[0]
    assert [secret for secret in SECRETS if secret in stored or secret.encode().hex() in stored] == []


def test_of_a_group_only_heads_are_counted(house):
    assert post("add_session", SESSION).status_code == 303

    assert GroupSession.objects.get().participants == 9
    page = text(get("sessions", PSYCHOLOGIST))
    assert "Volwassenen die geweld meemaken" in page
    assert f"1 sessie in {timezone.localdate().year} · 9 deelnemers" in page
    assert "0 consulten" in text(get("consults"))
    refused = post("add_session", SESSION | {"participants": "0", "on": "1/1/2099"})
    assert (refused.status_code, wrong(refused)) == (422, ["on", "participants"])


@pytest.mark.parametrize(
    "login", ["coordinator.antwerpen", "liaison.caw-limburg", "central.team", "auditor.team"]
)
def test_nobody_else_reads_or_notes(house, login):
    post("add_consult", CONSULT)
    post("add_session", SESSION)
    noted, session = Consult.objects.get(), GroupSession.objects.get()
    elsewhere = login.startswith("coordinator")

    assert get("consult", login, noted.pk).status_code == (404 if elsewhere else 403)
    assert post("withdraw_consult", {}, login, noted.pk).status_code == (404 if elsewhere else 403)
    assert post("withdraw_session", {}, login, session.pk).status_code == (404 if elsewhere else 403)
    for name in ("consults", "sessions"):
        page = get(name, login)
        assert page.status_code == (200 if elsewhere else 403)
        assert "Partnergeweld" not in text(page)
    if not elsewhere:
        assert post("add_consult", CONSULT, login).status_code == 403
    with walled():
        act_as(cast.actor(login))
        assert (Consult.objects.count(), GroupSession.objects.count()) == (0, 0)
    assert (Consult.objects.count(), GroupSession.objects.count()) == (1, 1)


def test_what_is_taken_back_counts_no_more_and_can_not_be_read_again(house):
    post("add_consult", CONSULT)
    post("add_session", SESSION)
    noted, session = Consult.objects.get(), GroupSession.objects.get()

    assert post("withdraw_consult", {}, COORDINATOR, noted.pk).status_code == 303
    assert post("withdraw_session", {}, COORDINATOR, session.pk).status_code == 303

    assert get("consult", COORDINATOR, noted.pk).status_code == 404
    assert "0 consulten" in text(get("consults"))
    assert "0 sessies" in text(get("sessions"))
    gone = Consult.objects.get()
    assert bytes(gone.wrapped) == b""
    with keyring(), pytest.raises(Locked):
        assert gone.question
    with pytest.raises(IntegrityError), transaction.atomic():
        Consult.objects.update(withdrawn_on=None, withdrawn_by="")


def test_a_list_costs_the_same_for_a_full_page(house):
    client, by = cast.signed_in(COORDINATOR), cast.actor(COORDINATOR)
    addresses = [reverse("consults:consults"), reverse("consults:sessions")]
    consult = CONSULT | {"on": timezone.localdate(), "minutes": 20}
    session = SESSION | {"on": timezone.localdate(), "participants": 4, "minutes": 60}
    few, many = [], []
    for counts, times in ((few, 1), (many, 30)):
        for _time in range(times):
            actions.note_consult(by=by, **consult)
            actions.note_session(by=by, **session)
        counts += [len(statements(client, address)) for address in addresses]

    assert few == many
    assert max(many) <= 8
    first, second = text(client.get(addresses[0])), text(client.get(f"{addresses[0]}?page=2"))
    assert (first.count('class="cases__name"'), second.count('class="cases__name"')) == (25, 6)
    assert "Pagina 2 van 2" in second
    assert client.get(f"{addresses[0]}?page=٣").status_code == 200
