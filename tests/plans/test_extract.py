"""The extract for one person: own goals and actions, and not a word of what may not be shared."""

import re

import pytest

from tests import cast
from tests.plans import making
from tests.risk.assessing import assess
from wida.audit.models import Event
from wida.dossiers.actions import rename


@pytest.fixture
def dossier(house):
    dossier = making.family_in()
    rename(
        dossier=dossier,
        family_name="Zwartkopmees - Zevenslaper",
        police_zone=None,
        by=cast.actor(making.COORDINATOR),
    )
    return dossier


def extract(dossier, given: str, login: str = making.MANAGER):
    return cast.signed_in(login).get(making.url("extract", dossier, making.person(dossier, given)))


def test_extract_holds_own_goals_and_actions_and_nothing_else(dossier):
    """Every word that may not come out is a bird that stands nowhere else."""
    kelly, youri = (str(making.person(dossier, name)) for name in ("Kelly", "Youri"))
    assess(making.POLICE, dossier, middelen="aanwezig")
    shared = making.new_goal(
        dossier,
        text="Doel Zanglijster",
        indicator="Teken Roodborst",
        persons=[kelly, youri],
        factors=["middelen"],
    )
    other = making.new_goal(dossier, text="Doel Koekoek", persons=[kelly])
    hidden = making.new_goal(dossier, text="Doel Ransuil", persons=[kelly, youri], withheld_from=[youri])
    dropped = making.new_goal(dossier, text="Doel Gierzwaluw", persons=[youri])
    making.new_action(dossier, what="Actie Merel", goal=str(shared.pk), persons=[youri])
    making.new_action(
        dossier, what="Actie Wielewaal", goal=str(shared.pk), persons=[youri], withheld_from=[youri]
    )
    making.new_action(dossier, what="Actie Kwartel", goal=str(shared.pk), persons=[kelly])
    making.new_action(dossier, what="Actie Patrijs", goal=str(hidden.pk), persons=[youri])
    making.new_action(
        dossier, what="Actie Torenvalk", goal=str(other.pk), persons=[youri], judicial_on="14/03/2031"
    )
    making.new_action(dossier, what="Actie Sperwer", goal=str(shared.pk))
    noted = making.new_action(dossier, what="Actie Spreeuw", goal=str(shared.pk), persons=[youri])
    making.progress(making.CAW, noted, state="uitgevoerd", note="Nota Ijsvogel", outcome="Uitkomst Grutto")
    failed = making.new_action(dossier, what="Actie Kievit", goal=str(shared.pk), persons=[youri])
    making.progress(making.CAW, failed, state="kon_niet", outcome="Uitkomst Wulp")
    making.post(
        making.MANAGER,
        "close_goal",
        dossier,
        dropped.pk,
        version=1,
        state="losgelaten",
        why="Reden Boomklever",
    )
    making.new_safety_plan(dossier, making.MANAGER, title="Plan Kwikstaart")

    page = making.text_of(extract(dossier, "Youri"))

    own = (
        "Youri Aerdman",
        "Doel Zanglijster",
        "Teken Roodborst",
        "Actie Merel",
        "Actie Spreeuw",
        "Actie Torenvalk",
    )
    assert [told for told in own if told not in page] == []
    secrets = (
        *(
            "Koekoek",
            "Ransuil",
            "Gierzwaluw",
            "Wielewaal",
            "Kwartel",
            "Patrijs",
            "Sperwer",
            "Ijsvogel",
            "Grutto",
        ),
        *("Kievit", "Wulp", "Boomklever", "Kwikstaart", "Merelplein", "Zwartkopmees", "Zevenslaper"),
        *(
            "Kelly",
            "Noa",
            "Liam",
            "Fien",
            "Middelenmisbruik",
            "14 maart 2031",
            "14/03/2031",
            "Veiligheidsplan",
        ),
    )
    assert [secret for secret in secrets if secret in page] == []


def test_what_could_leak_is_on_the_plan_itself(dossier):
    """So that the test above could fail: the same words do stand on the page of the professionals."""
    youri = str(making.person(dossier, "Youri"))
    making.new_goal(dossier, text="Doel Ransuil", persons=[youri], withheld_from=[youri])

    page = making.text_of(cast.signed_in(making.MANAGER).get(making.url("plan", dossier)))

    assert "Doel Ransuil" in page
    assert "Zwartkopmees" in page
    assert "Doel Ransuil" not in making.text_of(extract(dossier, "Youri"))


def test_names_of_others_in_the_words_are_told_to_the_professional(dossier):
    youri = str(making.person(dossier, "Youri"))
    making.new_goal(dossier, text="Youri laat Kelly met rust.", persons=[youri])

    page = making.text_of(extract(dossier, "Youri"))

    assert "Deze teksten noemen anderen: Kelly." in page
    notice = page[: page.index("extract__paper")]
    assert "Deze teksten noemen anderen" in notice


def test_making_an_extract_is_recorded(dossier):
    extract(dossier, "Kelly")

    event = Event.objects.get(action="extract_made")
    assert (event.row, event.dossier) == (making.person(dossier, "Kelly"), dossier.pk)


@pytest.mark.parametrize("given", ["Noa", "Fien"])
def test_a_child_has_no_extract(dossier, given):
    assert extract(dossier, given).status_code == 404


def test_somebody_of_another_dossier_has_no_extract_here(dossier):
    stranger = making.person(cast.new_dossier(), "Kelly")

    assert cast.signed_in(making.MANAGER).get(making.url("extract", dossier, stranger)).status_code == 404


@pytest.mark.parametrize(("login", "status"), [("coordinator.antwerpen", 404), (making.CAW, 200)])
def test_who_makes_an_extract(dossier, login, status):
    assert extract(dossier, "Kelly", login).status_code == status


def test_extract_without_anything_says_so(dossier):
    assert "Er zijn geen afspraken voor deze persoon" in making.text_of(extract(dossier, "Kelly"))


def test_paper_says_who_printed_it_but_not_to_the_family(dossier):
    manager = cast.actor(making.MANAGER)
    inside = cast.signed_in(making.MANAGER).get(making.url("plan", dossier)).content.decode()
    outside = extract(dossier, "Youri").content.decode()

    (on_plan,), (on_extract,) = (
        re.findall(r'<p class="paper-only" aria-hidden="true">(.*?)</p>', page) for page in (inside, outside)
    )

    assert on_plan.startswith(f"Vertrouwelijk, afgedrukt door {manager.signature} op ")
    assert on_extract.startswith(f"{manager.organisation}, ")
    assert manager.name not in on_extract
