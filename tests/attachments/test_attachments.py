"""The tab: every file with what it is, who brought it and that nobody scanned it; narrowed and ordered by address."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.attachments.steps import CAW, COORDINATOR, DOCX, PDF, POLICE, TEXT, attached, forming, get, url
from tests.referrals.pages import text
from wida.dossiers.codes import Stage


def names(page) -> list[str]:
    return re.findall(r'/attachments/[0-9a-f-]{36}/"><b>(.*?)</b>', text(page))


def chips(page, label: str) -> list[tuple[str, str]]:
    """What a row of choices offers: the words, and the count."""
    row = text(page).split(f'aria-label="{label}"')[1].split("</ul>")[0]
    return re.findall(r'<a class="chip"[^>]*>([^<]*?)(?: <span class="figures">(\d+)</span>)?</a>', row)


@pytest.fixture
def dossier(house):
    """Four files: two of CAW, one of the police, one of the house."""
    dossier = forming()
    attached(dossier, "Bezoek.pdf", PDF, CAW, category="verslag", description="Huisbezoek")
    attached(dossier, "aangifte.pdf", PDF + bytes(100), POLICE, category="pv")
    attached(dossier, "Attest.docx", DOCX, CAW, category="medisch")
    attached(dossier, "nota.txt", TEXT, COORDINATOR, category="verslag")
    return dossier


def test_every_file_is_listed_with_what_it_is_and_who_brought_it(dossier):
    page = get(POLICE, "attachments", dossier)

    assert names(page) == ["nota.txt", "Attest.docx", "aangifte.pdf", "Bezoek.pdf"]
    listed = text(page)
    for words in ("Huisbezoek", "Proces-verbaal", "Medisch attest", "PDF", "Word", "Platte tekst"):
        assert words in listed
    for login in (CAW, POLICE, COORDINATOR):
        assert cast.actor(login).signature in listed
    assert f"{len(PDF) + 100}\xa0bytes" in listed
    assert '<span class="heading__count">(4)</span>' in listed


def test_that_nobody_scanned_them_is_said_once_and_at_each(dossier):
    page = text(get(POLICE, "attachments", dossier))

    assert page.count("Deze bestanden zijn niet op virussen gecontroleerd.") == 1
    assert page.count('<span class="ink-label">niet op virussen gecontroleerd</span>') == 4


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"category": "verslag"}, ["nota.txt", "Bezoek.pdf"]),
        ({"category": "pv"}, ["aangifte.pdf"]),
        ({"category": "brief"}, ["nota.txt", "Attest.docx", "aangifte.pdf", "Bezoek.pdf"]),
        ({"category": "'; drop table"}, ["nota.txt", "Attest.docx", "aangifte.pdf", "Bezoek.pdf"]),
        ({"sort": "oldest"}, ["Bezoek.pdf", "aangifte.pdf", "Attest.docx", "nota.txt"]),
        ({"sort": "name"}, ["aangifte.pdf", "Attest.docx", "Bezoek.pdf", "nota.txt"]),
        ({"sort": "size"}, ["aangifte.pdf", "Bezoek.pdf", "Attest.docx", "nota.txt"]),
        ({"sort": "kleur"}, ["nota.txt", "Attest.docx", "aangifte.pdf", "Bezoek.pdf"]),
        ({"category": "verslag", "sort": "name"}, ["Bezoek.pdf", "nota.txt"]),
    ],
)
def test_what_the_address_asks_for(dossier, asked, shown):
    assert names(get(POLICE, "attachments", dossier, **asked)) == shown


def test_by_organisation_and_how_many_each_choice_shows(dossier):
    caw = str(cast.actor(CAW).organisation_id)

    page = get(POLICE, "attachments", dossier, organisation=caw)

    assert names(page) == ["Attest.docx", "Bezoek.pdf"]
    assert "2 van 4 bestanden" in text(page)
    assert chips(page, "Op soort") == [("Alle soorten", "2"), ("Medisch attest", "1"), ("Verslag", "1")]
    assert chips(page, "Op organisatie") == [
        ("Alle organisaties", "4"),
        ("CAW Limburg", "2"),
        ("Politie Limburg", "1"),
        ("Veilig Huis Limburg", "1"),
    ]


def test_two_choices_that_exclude_each_other_say_so(dossier):
    caw = str(cast.actor(CAW).organisation_id)

    page = get(POLICE, "attachments", dossier, organisation=caw, category="pv")

    assert names(page) == []
    assert "Geen bestand is van deze soort en van deze organisatie." in text(page)
    assert "0 van 4 bestanden" in text(page)


def test_an_address_carries_codes_and_no_names(dossier):
    page = text(get(POLICE, "attachments", dossier, category="pv"))

    for link in re.findall(r'class="chip" href="([^"]*)"', page):
        assert re.fullmatch(r"\?([a-z]+=[a-z0-9_-]+(&|$))*", link), link


def test_nothing_attached_yet(house):
    dossier = forming()

    page = text(get(CAW, "attachments", dossier))

    assert "Er is nog niets toegevoegd." in page
    assert "niet op virussen gecontroleerd" not in page
    assert page.count(url("add_attachment", dossier)) == 2


@pytest.mark.parametrize(
    ("login", "stage", "status"),
    [
        (CAW, Stage.BUILDING, 200),
        (COORDINATOR, Stage.REFERRED, 200),
        (POLICE, Stage.FORMING, 200),
        (COORDINATOR, Stage.CLOSED, 200),
        (COORDINATOR, Stage.BUILDING, 404),
        ("coordinator.antwerpen", Stage.FORMING, 404),
        ("referrer.hospital-limburg", Stage.FORMING, 404),
    ],
)
def test_who_reads_the_list(house, login, stage, status):
    assert get(login, "attachments", forming(stage)).status_code == status


def test_thirty_files_cost_as_many_statements_as_one(house):
    dossier = forming()
    client = cast.signed_in(CAW)

    def statements() -> list[str]:
        client.get(url("attachments", dossier))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url("attachments", dossier)).status_code == 200
        return [query["sql"] for query in asked if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]

    attached(dossier)
    once = statements()
    for number in range(29):
        attached(dossier, f"{number}.txt", TEXT, (CAW, POLICE)[number % 2])

    often = statements()
    assert len(names(client.get(url("attachments", dossier)))) == 30
    assert len(often) == len(once)
    assert len([sql for sql in often if 'FROM "attachments_' in sql]) == 1
