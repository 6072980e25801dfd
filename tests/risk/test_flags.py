"""Which critical signals stand, from scores and from what was told apart."""

from tests import cast
from tests.risk.assessing import HOUSE, POLICE, WELFARE, assessed, day, page, person, shared, told, typed
from wida.risk import queries
from wida.risk.codes import Flag


def stands(dossier) -> dict[str, str]:
    return {str(flag): str(found.state) for flag, found in queries.facts(dossier).flags.items()}


def test_nothing_is_looked_into_until_somebody_says_so(house):
    assert set(stands(shared()).values()) == {"onbekend"}
    assert len(Flag) == 10


def test_a_signal_follows_from_a_score(house):
    dossier = shared()

    assessed(
        POLICE, dossier, geweld_keel="aanwezig", escalatie="vermoeden", wapen="afwezig", zwangerschap="nvt"
    )

    found = stands(dossier)
    assert [flag for flag in found if found[flag] == "aanwezig"] == ["geweld_keel"]
    assert [flag for flag in found if found[flag] == "vermoeden"] == ["escalatie"]
    assert sorted(flag for flag in found if found[flag] == "afwezig") == ["wapen", "zwangerschap"]


def test_one_organisation_that_sees_it_is_enough(house):
    dossier = shared()

    assessed(POLICE, dossier, angst_slachtoffer="aanwezig")
    assessed(WELFARE, dossier, angst_slachtoffer="afwezig")

    assert stands(dossier)["angst"] == "aanwezig"


def test_an_organisation_closes_its_own_signal_by_looking_again(house):
    dossier = shared()
    assessed(POLICE, dossier, ago=9, geweld_keel="aanwezig")

    assessed(POLICE, dossier, geweld_keel="afwezig")

    assert stands(dossier)["geweld_keel"] == "afwezig"


def test_a_score_that_was_not_looked_at_again_closes_no_newer_signal(house):
    dossier = shared()
    assessed(POLICE, dossier, ago=9, doodsbedreiging_suicide="afwezig")
    told(POLICE, dossier, flag="doodsbedreiging")

    assessed(POLICE, dossier, doodsbedreiging_suicide="afwezig", geweld_keel="aanwezig")

    assert stands(dossier)["doodsbedreiging"] == "aanwezig"


def test_separation_with_control_takes_both_whoever_says_either(house):
    dossier = shared()
    assessed(WELFARE, dossier, scheiding="aanwezig")
    assert stands(dossier)["scheiding_controle"] == "onbekend"

    assessed(POLICE, dossier, controle_isolatie="vermoeden")
    assert stands(dossier)["scheiding_controle"] == "vermoeden"

    assessed(POLICE, dossier, controle_isolatie="aanwezig")
    assert stands(dossier)["scheiding_controle"] == "aanwezig"


def test_other_rooms_get_the_open_ones_with_their_day(house):
    dossier = shared()
    assessed(POLICE, dossier, ago=5, geweld_keel="aanwezig", more={"geweld_keel-seen_on": typed(20)})
    told(WELFARE, dossier, flag="doodsbedreiging", seen_on=typed(1))
    told(WELFARE, dossier, flag="wapen", state="afwezig", account="")

    assert queries.open_flags(dossier) == [("doodsbedreiging", day(1)), ("geweld_keel", day(20))]


def test_who_may_not_learn_of_it_stands_with_the_signal(house):
    dossier = shared()
    kelly, youri = person(dossier, "Kelly"), person(dossier, "Youri")
    assessed(WELFARE, dossier, scheiding="aanwezig", more={"scheiding-not_for": youri})

    assessed(POLICE, dossier, controle_isolatie="aanwezig", more={"controle_isolatie-not_for": kelly})

    found = queries.facts(dossier).flags["scheiding_controle"]
    assert {str(one) for one in found.not_for} == {kelly, youri}
    assert page(HOUSE, "risk", dossier).count("Youri Aerdman") > 0


def test_an_unshared_dossier_keeps_its_signals_to_its_author(house):
    dossier = cast.new_dossier(by=WELFARE)
    told(WELFARE, dossier)

    assert cast.signed_in(HOUSE).get(f"/dossiers/{dossier.number}/risk/").status_code == 404
    assert "je zult het niet meer meemaken" in page(WELFARE, "risk", dossier)
