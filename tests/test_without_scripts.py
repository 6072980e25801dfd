"""With JavaScript off a professional can do the same work: here, from a first concern to a referral."""

import pytest
from playwright.sync_api import expect

from tests import cast
from tests.story import building, files, people
from tests.story.browser import expect_kept, fill_in, follow, open_tab, press, sign_in
from tests.story.family import FATHER, MOTHER, days_ago
from tests.story.looking import stands


@pytest.fixture
def limburg(transactional_db):
    cast.organisations()


def test_a_family_is_referred_without_scripts(page_without_scripts, limburg, tmp_path):
    page = page_without_scripts
    sign_in(page, "liaison.ocj-limburg")
    building.start_dossier(page)
    people.add_person(page, MOTHER, "Rechtstreeks betrokkenen", "Vrouw", 25)
    people.add_person(page, FATHER, "Rechtstreeks betrokkenen", "Man", 26)
    expect(page.get_by_role("article", name=FATHER, exact=True)).to_be_visible()

    open_tab(page, "Situatiebeschrijving")
    follow(page, "Feit toevoegen")
    typed = building.the_last_fact(**{"Wanneer?": "31/2/2026"})
    fill_in(page, typed)
    press(page, "Feit toevoegen")
    expect(page.get_by_role("alert")).to_contain_text("Vul een datum in die bestaat")
    expect_kept(page, typed)
    fill_in(page, {"Wanneer?": days_ago(12)})
    press(page, "Feit toevoegen")
    expect(page.get_by_text("Hij sloeg haar met een baseballknuppel op de arm.")).to_be_visible()

    building.informed(page)
    building.assess(page, {"Ernstig fysiek geweld": ("Aanwezig", "Slagen met een knuppel.")}, "Middel")
    building.first_weighing(page, flags=False)
    stands(page, "Dossieropbouw", colour="Oranje")
    files.upload(page, tmp_path)
    follow(page, "Overzicht")
    building.criteria(page)
    follow(page, "Overzicht")
    building.submit(page)
    stands(page, "Dossieropbouw", colour="Oranje", status="Aangemeld")


def test_a_phone_without_scripts_reaches_every_part(page_without_scripts, limburg):
    page = page_without_scripts
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, "liaison.ocj-limburg")
    building.start_dossier(page)

    for tab in ("Situatiebeschrijving", "Risico-inschatting", "Weging", "Bijlagen", "Persoonsgegevens"):
        open_tab(page, tab)
        expect(page.get_by_role("heading", name=tab, level=2)).to_be_visible()
