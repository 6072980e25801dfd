"""Whatever leads to somebody is found wherever it stands, and ordinary sentences raise nothing."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wida.consults.codes import Trace
from wida.consults.traces import Found, traces

DIGITS = "0123456789"
TITLES = (
    *("mevrouw", "Mevrouw", "meneer", "de heer", "mevr.", "dhr.", "Dhr", "mr.", "mw.", "madame", "Monsieur"),
    "MEVROUW",
)
CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÉÇŞÖ"


def digits(number: int):
    return st.text(DIGITS, min_size=number, max_size=number)


@st.composite
def national_numbers(draw):
    number = draw(digits(11))
    writing = draw(
        st.sampled_from(
            [
                "{}{}{}{}{}",
                "{}.{}.{}-{}.{}",
                "{} {} {} {} {}",
                "{}{}{}-{}-{}",
                "{}{}{} {}{}",
                "{}-{}-{}-{}.{}",
                "{}.{}.{} - {}.{}",
            ]
        )
    )
    return writing.format(number[:2], number[2:4], number[4:6], number[6:9], number[9:])


@st.composite
def telephones(draw):
    zone = draw(st.sampled_from(["0470", "0498", "011", "03", "02", "089"]))
    rest = draw(digits(9 - len(zone) + (zone[:2] == "04" and len(zone) == 4)))
    start = draw(
        st.sampled_from([zone, f"+32 {zone[1:]}", f"0032{zone[1:]}", f"+32 (0){zone[1:]}", f"({zone})"])
    )
    between, every = draw(st.sampled_from(["", " ", "/", "."])), draw(st.sampled_from([2, 3]))
    joint = draw(st.sampled_from(["", " ", "."]))
    return start + between + joint.join(rest[at : at + every] for at in range(0, len(rest), every))


@st.composite
def plates(draw):
    letters = draw(st.text(CAPITALS[:26], min_size=3, max_size=3))
    number = draw(digits(3).filter(lambda number: number not in ("101", "112")))
    writing = draw(st.sampled_from(["1-{}-{}", "2{}{}", "1 {} {}", "{}-{}", "{} {}", "{}{}", "2-{}{}"]))
    plate = writing.format(letters, number)
    return draw(st.sampled_from([plate, plate.lower()])) if "-" in plate else plate


@st.composite
def named(draw):
    title = draw(st.sampled_from(TITLES))
    particle = draw(st.sampled_from(["", "", "", "Van den ", "de ", "van der ", "El "]))
    name = draw(st.sampled_from(CAPITALS)) + draw(
        st.text("abcdefghijklmnopqrstuvwxyzéèç", min_size=1, max_size=12)
    )
    return f"{title} {particle}{name}"


# What comes before stands apart from it, as in a sentence; what comes after may follow at once, but for what would
# make another word or number of it.
around = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40)
after = st.sampled_from(["", " ", ".", ", ", "\n", ")", "; dan"]).flatmap(
    lambda sign: around.map(lambda text: sign + " " + text)
)
PLANTED = [
    (national_numbers(), Trace.NATIONAL_NUMBER),
    (telephones(), Trace.PHONE),
    (plates(), Trace.PLATE),
    (named(), Trace.NAME),
]


@given(data=st.data(), before=around, behind=after)
@pytest.mark.parametrize(("planted", "kind"), PLANTED, ids=["number", "telephone", "plate", "name"])
def test_whatever_is_planted_is_found(planted, kind, data, before, behind):
    """Some of what is around may be part of what is found: then the warning shows that too."""
    secret = data.draw(planted)
    text = f"{before} {secret}{behind}"

    shown = [found.text for found in traces(text)]

    assert any(" ".join(secret.split()) in words for words in shown), (secret, shown)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Het nummer is 85.07.30-000.00.", [("rijksregisternummer", "85.07.30-000.00", 1)]),
        (
            "Bel haar\nop 0470/11.22.33 of +32 (0)11 22 33 44.",
            [("telefoonnummer", "0470/11.22.33", 2), ("telefoonnummer", "+32 (0)11 22 33 44", 2)],
        ),
        ("Mevrouw Van den Bossche-De Smet belde.", [("naam", "Mevrouw Van den Bossche-De Smet", 1)]),
        (
            "dhr. K. Aerdman en MEVR BOSTEELS",
            [("naam", "dhr. K. Aerdman", 1), ("naam", "MEVR BOSTEELS", 1)],
        ),
        ("Er stond een 1-ABC-234 voor de deur", [("nummerplaat", "1-ABC-234", 1)]),
        (
            "kelly@voorbeeld.be, Kanarielaan 7",
            [("e_mailadres", "kelly@voorbeeld.be", 1), ("adres", "Kanarielaan 7", 1)],
        ),
        (
            "Sint-Jansstraat nr. 12 en rue de l'Église 4",
            [("adres", "Sint-Jansstraat nr. 12", 1), ("adres", "rue de l'Église 4", 1)],
        ),
        ("de familie Wielewaal", [("naam", "familie Wielewaal", 1)]),
    ],
)
def test_it_says_what_and_where(text, found):
    assert traces(text) == [Found(*one) for one in found]


ORDINARY = """
Mevrouw heeft gisteren gebeld en meneer was niet thuis.
Meneer en mevrouw wonen al 12 jaar samen; de kinderen zijn 4, 8 en 11 jaar.
Een mevrouw van het CAW en een meneer van de politie kwamen langs.
De mevrouw van Kind en Gezin vroeg wat ze kon doen. Zij belde daarna met de dienst.
Op 14/11/2026 om 9.30 uur, en opnieuw op 15/11/2026 tussen 14.00 en 16.30 uur.
Tussen 01/02/2024 en 30/06/2025 waren er 3 feiten, daarna 2 per maand.
Van 2019 tot 2024 woonde het gezin 5 keer ergens anders.
Bel 101 of 112 bij direct gevaar, of 1712 voor advies.
BEL 112 als het escaleert, en 101 voor de politie.
Artikel 458ter, wet van 15 mei 2012, COL 4/2006 en COL 15/2020.
Zij verdient 1.250,00 euro per maand; de huur is 850 euro.
De woning heeft 3 slaapkamers, op 2 km van de school in de Kempen.
Onderweg 2 keer gestopt; op weg 3 uur lang ruzie.
Het is 1 van 200 gezinnen, 1 uur per week, 15 dagen na elkaar.
De straat 2 keer overgestoken, op een plein 3 jongeren gezien.
Het gezin heeft schulden. De familie van vader woont in het buitenland.
Vraag het OCMW om hulp, en de VK of het OCJ wat zij weten.
Is er sprake van niet-fatale verwurging? Vraag het rechtstreeks, zonder de partner erbij.
Spreek af wie mevrouw belt. Meneer mag dat niet weten.
De dochter zei tegen mijn collega: mama is bang van papa.
""".strip().splitlines()


@pytest.mark.parametrize("sentence", ORDINARY)
def test_an_ordinary_sentence_raises_nothing(sentence):
    assert traces(sentence) == []


def test_they_raise_nothing_together_either():
    assert traces("\n".join(ORDINARY)) == []


@given(st.text(max_size=300))
@example("mevrouw")
@example("de heer \n\n Aerdman")
def test_any_text_can_be_read(text):
    for found in traces(text):
        assert 1 <= found.line <= text.count("\n") + 1
        assert found.text
