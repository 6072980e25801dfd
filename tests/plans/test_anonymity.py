"""Finding what would lead a reader to a family."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wida.plans.anonymity import found_in

NAMES = ["Élodie", "Van den Bossche - De Smet", "Jo", "Jean-Pierre", "Çelik", "An", ""]


def look(text: str) -> list[str]:
    return found_in(text, names=NAMES, prefixes=["LIMB", "ANTW"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Élodie en Jo kwamen samen.", ["Élodie", "Jo"]),
        ("ELODIE, elodie en Elodie", ["ELODIE", "elodie", "Elodie"]),
        ("Mevrouw Bossche en meneer de Smet", ["Bossche", "Smet"]),
        ("Pierre belde, Jean niet", ["Pierre", "Jean"]),
        ("de familie Celik", ["Celik"]),
        ("tel. 011 23 45 67 of +32 470/12.34.56", ["011 23 45 67", "+32 470/12.34.56"]),
        ("(0032)470123456", ["(0032)470123456"]),
        ("85073000000", ["85073000000"]),
        ("85.07.30-000.00 en 85 07 30 000 00", ["85.07.30-000.00", "85 07 30 000 00"]),
        ("LIMB10034, limb-7 en ANTW 12", ["LIMB10034", "limb-7", "ANTW 12"]),
        ("schrijf naar a.b@voorbeeld.be nu", ["a.b@voorbeeld.be"]),
    ],
)
def test_is_found(text, found):
    assert look(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "van den en de zijn gewone woorden",
        "an en jo in kleine letters zijn geen namen",
        "Op 04/11/2026 12 gezinnen, en op 14-11-26 nog 3.",
        "Er wachten 12.345 gezinnen sinds 2019, 450 euro per maand.",
        "LIMBURG en Antwerpen",
        "Artikel 458ter, wet van 15 mei 2012, COL 4/2006.",
        "",
    ],
)
def test_is_not_found(text):
    assert look(text) == []


@given(
    before=st.text(alphabet="abc ,.\n", max_size=20),
    name=st.sampled_from(["Wielewaal", "Ijsvogel", "Çelik"]),
    after=st.text(alphabet="abc ,.\n", max_size=20),
)
def test_a_name_is_found_wherever_it_stands_as_a_word(before, name, after):
    text = f"{before} {name} {after}"

    assert found_in(text, names=["Wielewaal", "Ijsvogel", "Celik"], prefixes=["LIMB"]) == [name]


@given(st.text(max_size=200))
def test_whatever_is_found_stands_in_the_text(text):
    assert all(one in text for one in look(text))
