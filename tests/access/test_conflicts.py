"""Kept out: for whom a dossier does not exist, in nothing that it answers; and who may be family is noticed."""

import pytest
from django.urls import reverse

from tests import cast
from tests.access.told import told
from tests.addresses import arguments_for, of_dossiers
from wida.access.acquaintance import name_tokens
from wida.access.actions import block, give_mandate
from wida.access.conflicts import keep_number
from wida.access.models import BlockProposal, ConflictBlock
from wida.access.queries import open_for
from wida.access.rules import Ground
from wida.accounts.models import User
from wida.audit.models import Event
from wida.dossiers.codes import Stage
from wida.people import matching
from wida.people.models import Person

COORDINATOR, GGZ = "coordinator.limburg", "liaison.ggz-limburg"
NUMBER = "85073003328"


@pytest.fixture
def dossier(house):
    return cast.at(cast.new_dossier(), Stage.EXECUTION)


@pytest.fixture
def namesake(dossier):
    """The liaison of the GGZ is called as somebody in the file; the tests' persons have no tokens of themselves."""
    for person in Person.objects.of(dossier):
        matching.index(person)
    User.objects.filter(login=GGZ).update(name="Bosteels Kelly")
    return dossier


def overview(dossier):
    return reverse("dossiers:overview", args=[dossier.number])


def acquainted(dossier, **query):
    return reverse("access:acquainted", args=[dossier.number], query=query or None)


# Silence --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("whom", ["user", "organisation"])
def test_every_address_of_a_dossier_answers_as_one_that_does_not_exist(dossier, whom):
    member = cast.member(GGZ)
    block(dossier=dossier, by=cast.actor(COORDINATOR), why="Broer", **{whom: getattr(member, whom)})
    client = cast.signed_in(GGZ)
    nothing = "LIMB99999"
    send = {}
    for address in of_dossiers():
        for number in (nothing, dossier.number):
            url = reverse(address.name, kwargs=arguments_for(address, number))
            send[address.name, "get", number] = lambda url=url: client.get(url)
            send[address.name, "post", number] = lambda url=url: client.post(url, {"why": "Een zin van mij"})

    def differs(name, method):
        return told(send[name, method, nothing]) != told(send[name, method, dossier.number])

    # Once a minute a session is renewed, whatever was asked: what differs, differs twice.
    pairs = [(name, method) for name, method, number in send if number == nothing]
    differing = [pair for pair in pairs if differs(*pair) and differs(*pair)]

    assert len(send) > 400
    assert differing == []


@pytest.mark.parametrize("words", ["number", "Aerdman", "Kelly Bosteels"])
def test_a_search_for_it_answers_as_for_one_that_does_not_exist(dossier, words):
    for person in Person.objects.of(dossier):
        matching.index(person)
    unknown, known = {"number": ("LIMB99999", dossier.number)}.get(words, (f"Qq{words}", words))
    block(dossier=dossier, by=cast.actor(COORDINATOR), why="Broer", user=cast.member(GGZ).user)
    client = cast.signed_in(GGZ)
    search = reverse("dossiers:search")
    client.get(search)

    nothing, kept_out = (
        told(lambda asked=asked: client.post(search, {"q": asked}), asked) for asked in (unknown, known)
    )

    assert kept_out == nothing


# Who may be family ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "given", "family"),
    [
        ("Kelly Bosteels", "kelly", "bosteels"),
        ("Bosteels Kelly", "kelly", "bosteels"),
        ("Élodie Van den Bossche", "Elodie", "vandenbossche"),
        ("van den Bossche Élodie", "elodie", "Van Den Bossche"),
    ],
)
def test_a_name_meets_itself_however_it_is_written(name, given, family):
    assert set(matching.sounding_like([(given, family)])) <= set(name_tokens(name))
    assert not set(matching.sounding_like([("Ander", family)])) & set(name_tokens(name))


def test_a_single_word_meets_nobody():
    assert name_tokens("Kelly") == ()


def test_a_namesake_is_asked_first_and_the_coordinator_knows_it(namesake):
    client = cast.signed_in(GGZ)

    answer = client.get(overview(namesake))

    assert (answer.status_code, answer["Location"]) == (302, acquainted(namesake, next=overview(namesake)))
    page = client.get(answer["Location"]).content.decode()
    assert "Kent u iemand van dit gezin privé?" in page
    assert (
        "Bosteels Kelly, CGG Limburg" in cast.signed_in(COORDINATOR).get("/access/review/").content.decode()
    )


def test_who_says_no_works_on_and_is_not_asked_again(namesake):
    client = cast.signed_in(GGZ)
    client.get(overview(namesake))

    answer = client.post(acquainted(namesake, next=overview(namesake)), {"answer": "nee", "words": ""})

    assert (answer.status_code, answer["Location"]) == (303, overview(namesake))
    assert client.get(overview(namesake)).status_code == 200
    assert client.get(acquainted(namesake)).status_code == 404


@pytest.mark.parametrize("elsewhere", ["https://kwaad.example/", "//kwaad.example/", "/dossiers/LIMB1/"])
def test_the_question_leads_nowhere_but_into_the_dossier(namesake, elsewhere):
    client = cast.signed_in(GGZ)

    answer = client.post(acquainted(namesake, next=elsewhere), {"answer": "nee", "words": ""})

    assert answer["Location"] == overview(namesake)


def test_who_says_yes_is_out_at_once_until_the_coordinator_decides(namesake):
    client = cast.signed_in(GGZ)
    client.get(overview(namesake))

    answer = client.post(acquainted(namesake), {"answer": "ja", "words": "Zij is mijn zus"})

    assert (answer.status_code, answer["Location"]) == (303, "/access/declared/")
    assert client.get(overview(namesake)).status_code == 404
    proposal = BlockProposal.objects.get()
    decide = reverse("access:decide_proposal", args=[namesake.number, proposal.pk])
    coordinator = cast.signed_in(COORDINATOR)
    assert "Zij is mijn zus" in coordinator.get(decide).content.decode()
    assert coordinator.post(decide, {"accepted": "nee", "why": ""}).status_code == 422

    assert coordinator.post(decide, {"accepted": "nee", "why": "Een ander gezin"}).status_code == 303

    assert client.get(overview(namesake)).status_code == 200
    assert coordinator.get(decide).status_code == 404
    assert decide not in coordinator.get("/access/review/").content.decode()


def test_an_accepted_proposal_keeps_out_without_a_word(namesake):
    client = cast.signed_in(GGZ)
    client.get(overview(namesake))
    client.post(acquainted(namesake), {"answer": "nee", "words": ""})
    proposal = BlockProposal.objects.get()
    decide = reverse("access:decide_proposal", args=[namesake.number, proposal.pk])

    cast.signed_in(COORDINATOR).post(decide, {"accepted": "ja", "why": "Het is haar nicht"})

    assert client.get(overview(namesake)).status_code == 404
    assert ConflictBlock.objects.get().why == "Het is haar nicht"


def test_who_bears_the_number_of_somebody_in_the_file_never_gets_in(dossier):
    person = Person.objects.of(dossier).first()
    person.national_number = NUMBER
    person.save(update_fields=["national_number"])
    matching.index(person)
    keep_number(user=cast.member(GGZ).user, national_number="85.07.30-033.28")
    client = cast.signed_in(GGZ)

    first, later = client.get(overview(dossier)), client.get(overview(dossier))

    assert (first.status_code, later.status_code) == (404, 404)
    assert open_for(cast.actor(GGZ), dossier.number) is None
    proposal = BlockProposal.objects.get()
    assert (proposal.by_number, proposal.accepted, proposal.block.user_id) == (True, None, proposal.user_id)
    assert cast.actor(GGZ).signature in cast.signed_in(COORDINATOR).get("/access/review/").content.decode()


def test_a_coordinator_who_bears_the_number_does_not_break_the_glass(dossier):
    person = Person.objects.of(dossier).first()
    person.national_number = NUMBER
    person.save(update_fields=["national_number"])
    matching.index(person)
    keep_number(user=cast.member("coordinator.antwerpen").user, national_number=NUMBER)

    answer = cast.signed_in("coordinator.antwerpen").post(
        "/access/emergency/", {"number": dossier.number, "reason": "Dringend, nu meteen"}
    )

    assert answer.status_code == 422


def test_nobody_but_the_coordinator_reads_that_somebody_may_be_family(namesake):
    cast.signed_in(GGZ).get(overview(namesake))
    give_mandate(
        dossier=namesake,
        holder=cast.member("psychologist.limburg"),
        ground=Ground.ASSIGNED,
        by=cast.actor(COORDINATOR),
    )
    before = namesake.changed_at
    namesake.refresh_from_db()
    looks = reverse("audit:looks", args=[namesake.number])

    pages = {
        login: cast.signed_in(login).get(looks).content.decode()
        for login in (COORDINATOR, "psychologist.limburg", "liaison.caw-limburg")
    }

    assert Event.objects.filter(action="block_proposed").count() == 1
    assert {login: "Misschien familie" in page for login, page in pages.items()} == {
        COORDINATOR: True, "psychologist.limburg": False, "liaison.caw-limburg": False
    }  # fmt: skip
    assert namesake.changed_at >= before
    assert cast.signed_in("casemanager.limburg").get("/access/review/").status_code == 403
