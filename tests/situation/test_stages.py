"""Who may write here, and when: the phase decides, and nothing typed is lost."""

import pytest

from tests import cast
from tests.situation import story
from wida.dossiers.codes import Stage
from wida.situation.models import Incident, Narrative

FORMS = (
    ("add_incident", story.incident),
    ("add_pattern", story.pattern),
    ("add_measure", story.measure),
    ("add_dynamic", story.dynamic),
    ("add_danger", lambda dossier, **changes: story.danger(**changes)),
    ("narrative", lambda dossier, **changes: {"text": "leeg"} | changes),
)
WORDS = {
    "add_incident": "account",
    "add_pattern": "note",
    "add_measure": "conditions",
    "add_dynamic": "grounds",
    "add_danger": "what",
    "narrative": "text",
}


@pytest.mark.parametrize(("name", "data"), FORMS, ids=[name for name, _data in FORMS])
def test_after_closing_nothing_is_saved_and_the_words_come_back(house, name, data):
    dossier = cast.new_dossier(by="coordinator.limburg")
    typed = data(dossier, **{WORDS[name]: "Dit blijft staan"})
    cast.at(dossier, Stage.CLOSED)

    answer = story.post(cast.signed_in("coordinator.limburg"), name, dossier, typed)

    assert answer.status_code == 409
    assert "Dit blijft staan" in answer.content.decode()
    assert (Incident.objects.count(), Narrative.objects.count()) == (0, 0)


def test_after_closing_who_was_informed_comes_back_too(house):
    dossier = cast.new_dossier(by="coordinator.limburg")
    kelly = story.person(dossier, "Kelly")
    cast.at(dossier, Stage.CLOSED)

    answer = story.post(
        cast.signed_in("coordinator.limburg"),
        "inform",
        dossier,
        story.informed(wishes="Dit blijft staan"),
        kelly,
    )

    assert answer.status_code == 409
    assert "Dit blijft staan" in answer.content.decode()


def test_after_closing_the_tab_still_reads_without_buttons(house):
    dossier = cast.new_dossier(by="coordinator.limburg")
    coordinator = cast.signed_in("coordinator.limburg")
    story.post(coordinator, "add_incident", dossier, story.incident(dossier))
    cast.at(dossier, Stage.CLOSED)

    page = story.page(coordinator, dossier)

    assert "Slagen in het gezicht" in page
    assert story.url("add_incident", dossier) not in page
    assert coordinator.get(story.url("add_incident", dossier)).status_code == 409


def test_the_author_writes_only_until_the_referral_is_submitted(house):
    dossier = cast.new_dossier()
    author = cast.signed_in("liaison.caw-limburg")
    assert story.post(author, "add_incident", dossier, story.incident(dossier)).status_code == 303
    cast.at(dossier, Stage.REFERRED)

    answer = story.post(author, "add_incident", dossier, story.incident(dossier, account="Dit blijft staan"))

    assert answer.status_code == 409
    assert "Dit blijft staan" in answer.content.decode()
    assert Incident.objects.count() == 1


@pytest.mark.parametrize("login", ["liaison.police-limburg", "liaison.caw-limburg", "liaison.ocj-limburg"])
@pytest.mark.parametrize("stage", [Stage.FORMING, Stage.EXECUTION, Stage.WATCH])
def test_an_invited_partner_adds_facts_of_its_own(house, login, stage):
    dossier = cast.at(cast.new_dossier(), stage)

    answer = story.post(cast.signed_in(login), "add_incident", dossier, story.incident(dossier))

    assert answer.status_code == 303
    assert Incident.objects.get().organisation == cast.member(login).organisation


@pytest.mark.parametrize(
    "login", ["coordinator.antwerpen", "liaison.clb-limburg", "central.team", "auditor.team"]
)
def test_a_stranger_finds_nothing(house, login):
    dossier = story.formed()
    story.post(cast.signed_in("liaison.caw-limburg"), "add_incident", dossier, story.incident(dossier))
    stranger = cast.signed_in(login)
    incident = Incident.objects.get()

    answers = [
        stranger.get(story.url("situation", dossier)),
        stranger.get(story.url("incident", dossier, incident.pk)),
        stranger.get(story.url("withdrawn", dossier)),
        story.post(stranger, "add_incident", dossier, story.incident(dossier)),
        story.post(stranger, "edit_incident", dossier, story.incident(dossier, version="1"), incident.pk),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5
    assert Incident.objects.count() == 1


def test_a_psychologist_reads_and_does_not_write(house):
    from wida.access.actions import give_mandate
    from wida.access.rules import Ground

    dossier = story.formed()
    give_mandate(
        dossier=dossier,
        holder=cast.member("psychologist.limburg"),
        ground=Ground.ASSIGNED,
        by=cast.actor("coordinator.limburg"),
    )
    reader = cast.signed_in("psychologist.limburg")

    assert story.url("add_incident", dossier) not in story.page(reader, dossier)
    assert reader.get(story.url("add_incident", dossier)).status_code == 403
    assert story.post(reader, "add_incident", dossier, story.incident(dossier)).status_code == 403
    assert reader.get(story.url("informed", dossier)).status_code == 200
