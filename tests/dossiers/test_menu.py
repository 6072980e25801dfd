"""Everybody sees the places that are theirs, and no door that is not."""

import re

import pytest
from django.urls import reverse

from tests import cast

READS = ["Dossiers", "Aanmeldingen", "Taken", "Overleg"]


def places(login: str) -> tuple[list[str], bool]:
    page = cast.signed_in(login).get(reverse("dossiers:list")).content.decode()
    menu = re.search(r'<nav class="mainnav".*?</nav>', page, re.DOTALL)[0]
    return [name.strip() for name in re.findall(r"<a [^>]*>([^<]+)", menu)], 'role="search"' in page


@pytest.mark.parametrize(
    ("login", "expected"),
    [
        ("coordinator.limburg", ([*READS[:2], "Consulten", *READS[2:], "Toegang", "Cijfers"], True)),
        ("psychologist.limburg", ([*READS[:2], "Consulten", *READS[2:]], True)),
        ("liaison.caw-limburg", (READS, True)),
        ("central.team", (["Cijfers", "Beleidssignalen", "Legende", "Toegang"], False)),
        ("auditor.team", (["Het spoor", "Legende", "Toegang"], False)),
        ("admin.team", (["Accounts", "Te plaatsen meldingen", "Legende"], False)),
    ],
)
def test_the_menu_of_each_role(house, login, expected):
    assert places(login) == expected


def test_the_functional_administrator_keeps_the_legend(house):
    answer = cast.signed_in("admin.team").get(reverse("house_risk:legend"))

    assert answer.status_code == 200
    assert reverse("house_risk:add_legend") in answer.content.decode()
    assert cast.signed_in("liaison.caw-limburg").get(reverse("house_risk:add_legend")).status_code == 403


@pytest.mark.parametrize(
    ("name", "here"),
    [("referrals:step", "Aanmeldingen"), ("people:people", "Dossiers"), ("dossiers:overview", "Dossiers")],
)
def test_the_menu_says_where_one_is(house, name, here):
    number = cast.new_dossier().number
    address = reverse(name, args=[number, "family"] if name == "referrals:step" else [number])

    page = cast.signed_in("liaison.caw-limburg").get(address)

    assert page.status_code == 200
    menu = re.search(r'<nav class="mainnav".*?</nav>', page.content.decode(), re.DOTALL)[0]
    assert re.findall(r'aria-current="true">([^<]+)', menu) == [here]
