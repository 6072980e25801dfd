"""What the room offers to others."""

from tests.risk.assessing import POLICE, WELFARE, answers, assess, assessed, shared
from wida.risk import queries
from wida.risk.codes import FACTORS


def test_the_heaviest_score_that_stands_per_factor(house, django_assert_num_queries):
    dossier = shared()
    assessed(POLICE, dossier, ago=5, middelen="aanwezig", escalatie="afwezig")
    assessed(POLICE, dossier, middelen="vermoeden", escalatie="afwezig", wapen="aanwezig")
    assessed(WELFARE, dossier, middelen="afwezig", kinderen="nvt", zorgmijding="vermoeden")

    with django_assert_num_queries(1):
        found = queries.latest_factors(dossier)

    known = {"middelen": "vermoeden", "escalatie": "afwezig", "kinderen": "nvt", "zorgmijding": "vermoeden"}
    assert found == {str(code): "onbekend" for code in FACTORS} | known


def test_nobody_assessed_means_all_unknown(house):
    assert set(queries.latest_factors(shared()).values()) == {"onbekend"}
    assert queries.latest_judgement(shared()) is None


def test_the_newest_judgement(house):
    dossier = shared()
    assess(WELFARE, dossier, answers(ago=5) | {"level": "hoog"})
    assess(POLICE, dossier, answers() | {"level": "laag", "imminence": "later"})

    newest = queries.latest_judgement(dossier)

    assert (newest.level, newest.imminence, newest.organisation_name) == ("laag", "later", "Politie Limburg")


def test_who_could_have_weighed(house):
    found = {(member.name, member.organisation) for member in queries.members(shared())}

    assert len(found) == 8
    assert {organisation for _name, organisation in found} == {
        "Parket Limburg",
        "Politie Limburg",
        "CAW Limburg",
        "OCJ Limburg",
        "VK Limburg",
        "CGG Limburg",
        "Veilig Huis Limburg",
    }
