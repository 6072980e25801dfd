"""The tab: closed until opened, thirteen lanes always in sight, and as many statements however much was said."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.referrals.pages import text
from tests.referrals.steps import CONSULTED, PROPORTIONATE, check_criteria, clear, referred
from tests.referrals.steps import post as post_referral
from tests.sharing.steps import COORDINATOR, KNOWN, NOT_KNOWN, WRITERS, ask, forming, get, post, share, url
from wida.accounts.codes import LANES
from wida.dossiers.codes import Stage
from wida.sharing.queries import answered, lane_states

MISSING = (
    "De coördinator keek de drie criteria nog niet na",
    "Niemand motiveerde al of delen proportioneel is",
    "De vrijgave is nog niet aan het parket gevraagd",
    "Er zijn minderjarigen, en OCJ of VK is nog niet geraadpleegd",
)


def test_before_sharing_opens_the_tab_says_what_is_missing(house):
    dossier = referred()

    page = text(get(COORDINATOR, "sharing", dossier))

    assert all(sentence in page for sentence in MISSING)
    assert "Nog niet open voor infodeling" in page
    assert "Open voor infodeling sinds" not in page
    assert url("ask", dossier) not in page


def test_what_is_done_is_said_with_its_basis(house):
    dossier = referred()
    check_criteria(dossier)
    post_referral(COORDINATOR, "proportionality", dossier, data=PROPORTIONATE)
    clear(dossier)
    post_referral(COORDINATOR, "consult_youth", dossier, data=CONSULTED)

    page = text(get(COORDINATOR, "sharing", dossier))

    assert not any(sentence in page for sentence in MISSING)
    assert (
        "Het parket stelde het dossier open op 18/11/2026, op basis van art. 353 §2 nieuw Strafwetboek"
        in page
    )
    assert "Nog niet open voor infodeling" in page


def test_once_open_the_banner_says_since_when_and_on_which_ground(house):
    dossier = referred()
    clear(dossier)
    cast.at(dossier, Stage.FORMING)

    page = text(get("liaison.caw-limburg", "sharing", dossier))

    assert "Open voor infodeling sinds" in page
    assert "Op basis van art. 353 §2 nieuw Strafwetboek gaf het parket vrijgave op 18 november 2026." in page
    assert "need to know" in page


@pytest.mark.parametrize("login", ["prosecutor.limburg", "liaison.police-limburg"])
def test_the_law_reads_what_may_be_prosecuted(house, login):
    dossier = forming()
    notice = "vervolging van de misdrijven waarvoor"

    assert notice in text(get(login, "sharing", dossier))
    assert notice not in text(get("liaison.caw-limburg", "sharing", dossier))


@pytest.mark.parametrize("stage", [Stage.REFERRED, Stage.FORMING, Stage.CLOSED])
def test_thirteen_lanes_are_always_there(house, stage):
    dossier = cast.at(cast.new_dossier(), stage)

    page = text(get(COORDINATOR, "sharing", dossier))

    assert len(LANES) == 13
    places = [page.index(f'<li id="lane-{kind}"') for kind in LANES]
    assert places == sorted(places)
    assert page.count("Nog niet gevraagd") == 13


def test_each_state_is_said_in_words(house):
    dossier = forming()
    lanes = dict(zip(WRITERS, ask(dossier, *WRITERS.values()), strict=True))
    said = {
        "politie": KNOWN,
        "caw": KNOWN | {"state": "vroeger_gekend"},
        "clb": NOT_KNOWN,
        "ggz": {"state": "niets_te_delen"},
        "parket": {"state": "mag_niet_delen", "why_not": "Lopend onderzoek."},
    }
    for kind, data in said.items():
        assert post(WRITERS[kind], "contribute", dossier, lanes[kind].pk, data=data).status_code == 303

    page = text(get(COORDINATOR, "sharing", dossier))

    for words in ("Gekend", "Vroeger gekend", "Niet gekend", "Niets te delen", "Mag niet delen"):
        assert f"</svg>{words}</span>" in page.replace("\n", "")
    assert page.count("Nog geen antwoord") == 8
    assert answered(dossier) == (5, 13)
    states = {status.lane: status.state for status in lane_states(dossier)}
    assert list(states) == [str(kind) for kind in LANES]
    assert states == dict.fromkeys(states, "gevraagd") | {kind: data["state"] for kind, data in said.items()}


def test_lanes_that_were_not_asked_have_no_state(house):
    dossier = forming()
    ask(dossier, "liaison.caw-limburg")

    asked = {status.lane: (status.organisation, status.state) for status in lane_states(dossier)}

    assert asked == {str(kind): ("", None) for kind in LANES} | {"caw": ("CAW Limburg", "gevraagd")}
    assert answered(dossier) == (0, 1)


def test_a_withdrawn_answer_is_no_answer(house):
    dossier = forming()
    (lane,) = ask(dossier, "liaison.caw-limburg")
    share("liaison.caw-limburg", dossier, lane)
    post("liaison.caw-limburg", "withdraw", dossier, lane.pk, data={"reason": "Vergissing.", "version": "1"})

    assert answered(dossier) == (0, 1)


def test_only_the_own_lane_offers_to_write(house):
    dossier = forming()
    caw, police = ask(dossier, "liaison.caw-limburg", "liaison.police-limburg")

    page = text(get("liaison.caw-limburg", "sharing", dossier))

    assert url("contribute", dossier, caw.pk) in page
    assert url("contribute", dossier, police.pk) not in page
    assert url("remind", dossier, police.pk) not in page
    assert url("contribute", dossier, caw.pk) not in text(get(COORDINATOR, "sharing", dossier))


def test_who_only_referred_does_not_read_what_is_shared(house):
    dossier = cast.at(cast.new_dossier(by="referrer.hospital-limburg"), Stage.FORMING)
    (lane,) = ask(dossier, "liaison.caw-limburg")
    share("liaison.caw-limburg", dossier, lane)

    assert get("referrer.hospital-limburg", "sharing", dossier).status_code == 403
    assert get("referrer.hospital-limburg", "versions", dossier, lane.pk).status_code == 403
    assert get("coordinator.antwerpen", "versions", dossier, lane.pk).status_code == 404


def test_ten_versions_cost_as_many_statements_as_one(house):
    dossier = forming()
    lanes = dict(zip(WRITERS, ask(dossier, *WRITERS.values()), strict=True))
    clients = {kind: cast.signed_in(login) for kind, login in WRITERS.items()}
    reader = cast.signed_in(COORDINATOR)

    def say(version: int) -> None:
        data = KNOWN | {"text": f"Versie {version + 1}", "version": str(version), "reason": "Vervolg."}
        for kind, lane in lanes.items():
            assert clients[kind].post(url("contribute", dossier, lane.pk), data).status_code == 303

    say(0)
    with CaptureQueriesContext(connection) as once:
        reader.get(url("sharing", dossier))
    for version in range(1, 10):
        say(version)
    with CaptureQueriesContext(connection) as often:
        page = reader.get(url("sharing", dossier))

    assert text(page).count("Versie 10") == 13
    assert text(page).count("Eerdere versies (9)") == 13
    assert len(often) == len(once)
    rooms = ("sharing_", "referrals_", "people_")
    own = [query["sql"] for query in often if any(f'FROM "{room}' in query["sql"] for room in rooms)]
    assert len(own) == 3
