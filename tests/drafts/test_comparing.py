"""Two texts beside each other: what each changed, and one text that loses nothing of either."""

# ruff: noqa: E501 - paragraphs as people type them

import random
import time

import pytest

from wida.drafts.comparing import compare

BASE = """Ze zijn partners sinds 2019.

De politie kwam drie keer tussen in de voorbije twaalf maanden. De kinderen waren telkens thuis.

Mevrouw is sinds maart 2026 in begeleiding.

De grootmoeder woont in."""
MINE = """Ze zijn partners sinds 2019.

De politie kwam vier keer tussen in de voorbije twaalf maanden, voor het eerst op 2 augustus. De kinderen waren telkens thuis.

Mevrouw is sinds maart 2026 in begeleiding. Ze had negen gesprekken.

De grootmoeder woont in."""
THEIRS = """Ze zijn partners sinds 2019.

De politie kwam vier keer tussen in de voorbije twaalf maanden, voor het eerst op 20 juli. De kinderen waren telkens thuis en zagen het geweld.

Mevrouw is sinds maart 2026 in begeleiding. De begeleiding ligt stil sinds 12 november.

De grootmoeder woont in."""


def marked(pieces) -> str:
    signs = {"same": "{}", "added": "+{}+", "dropped": "-{}-"}
    return "".join(signs[kind].format(text) for kind, text in pieces)


def test_both_are_compared_with_where_they_started():
    found = compare(MINE, THEIRS, BASE)

    assert [row.same for row in found.rows] == [True, False, False, True]
    assert found.differing == 2
    second = found.rows[1]
    assert marked(second.mine) == (
        "De politie kwam- drie-+ vier+ keer tussen in de voorbije twaalf maanden+, voor het eerst op 2 augustus+. "
        "De kinderen waren telkens thuis."
    )
    assert marked(second.theirs) == (
        "De politie kwam- drie-+ vier+ keer tussen in de voorbije twaalf maanden+, voor het eerst op 20 juli+. "
        "De kinderen waren telkens thuis+ en zagen het geweld+."
    )


def test_the_merged_text_loses_nothing():
    assert compare(MINE, THEIRS, BASE).merged == (
        "Ze zijn partners sinds 2019.\n\n"
        "De politie kwam vier keer tussen in de voorbije twaalf maanden, voor het eerst op 2 augustus / 20 juli. "
        "De kinderen waren telkens thuis en zagen het geweld.\n\n"
        "Mevrouw is sinds maart 2026 in begeleiding. Ze had negen gesprekken. "
        "De begeleiding ligt stil sinds 12 november.\n\n"
        "De grootmoeder woont in."
    )


@pytest.mark.parametrize(
    ("mine", "theirs", "base", "merged"),
    [
        ("Een.", "Een.", "Nul.", "Een."),
        ("Mijn zin.", "", "", "Mijn zin."),
        ("", "Hun zin.", "", "Hun zin."),
        ("Eerst.\n\nMijn alinea.", "Eerst.\n\nHun alinea hier.", "Eerst.", "Eerst.\n\nMijn alinea.\n\nHun alinea hier."),
        ("A b c.", "A b c.\n\nEr bij.", "A b c.", "A b c.\n\nEr bij."),
        ("Ze belde niet.", "Ze belde wel.", None, "Ze belde niet / wel."),
        ("Iets.\r\n\r\nTwee.", "Iets.\n\nTwee.", "Iets.", "Iets.\n\nTwee."),
        ("Helemaal anders dan dit.", "Niets gemeen ermee, echt niet waar hoor.", None,
         "Helemaal anders dan dit.\n\nNiets gemeen ermee, echt niet waar hoor."),
    ],
)  # fmt: skip
def test_what_one_changed_is_taken_and_what_both_changed_stands_twice(mine, theirs, base, merged):
    assert compare(mine, theirs, base).merged == merged


def test_without_a_common_start_what_they_share_is_not_marked():
    (row,) = compare("Hij belde om drie uur.", "Hij belde om vier uur.").rows

    assert marked(row.mine) == "Hij belde om+ drie+ uur."
    assert marked(row.theirs) == "Hij belde om+ vier+ uur."


@pytest.mark.parametrize("seed", range(60))
def test_no_word_of_either_is_ever_lost(seed):
    """Whatever two people did to a text, each word they wrote stands in the merged one."""
    chance = random.Random(seed)
    words = [f"w{n}" for n in range(40)]

    def edited(label: str) -> str:
        text = [word for word in words if chance.random() > 0.15]
        for n in range(6):
            text.insert(chance.randrange(len(text)), f"{label}{n}")
        return " ".join(text[:15]) + "\n\n" + " ".join(text[15:])

    base = " ".join(words[:15]) + "\n\n" + " ".join(words[15:])
    for start in (base, None):
        mine, theirs = edited("m"), edited("t")
        merged = compare(mine, theirs, start).merged.split()
        assert {word for word in (mine + " " + theirs).split() if word[0] in "mt"} <= set(merged)


def test_the_longest_texts_are_compared_in_a_moment():
    mine = " ".join(f"de man kwam {n} keer" for n in range(1_000))[:20_000]
    theirs = mine.replace("kwam", "ging")

    begin = time.perf_counter()
    compare(mine, theirs, mine.replace("man", "vrouw"))

    assert time.perf_counter() - begin < 2
