"""Is this family known: side by side, an answer that is kept, and what it does and doesn't do."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from tests import cast
from wida.access.actions import block, lift_block
from wida.access.models import ConflictBlock
from wida.access.queries import known_to
from wida.audit.models import Event
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier
from wida.people import judging, matching
from wida.people.codes import AddressType, Group, Sex
from wida.people.models import Address, Comparison, Person, PersonToken
from wida.records import actions as records

COORDINATOR, AUTHOR = "coordinator.limburg", "liaison.caw-limburg"


def person_in(dossier, given_name, family_name, by=AUTHOR, **more):
    facts = {"group": Group.DIRECT, "sex": Sex.FEMALE, "birth_date": "1994-05-09", "birth_year": 1994} | more
    person = records.add(
        Person(dossier=dossier, given_name=given_name, family_name=family_name, **facts), by=cast.actor(by)
    )
    matching.index(person)
    return person


@pytest.fixture
def families(house):
    """An existing family, and a referral of what may be the same."""
    old, new = cast.new_dossier(), cast.new_dossier(family_name="Bostels")
    for dossier in (old, new):
        for person in Person.objects.of(dossier):
            person.delete()
    here = person_in(new, "Kelly", "Bostels")
    there = person_in(old, "Kelly", "Bosteels")
    return cast.at(new, Stage.REFERRED), cast.at(old, Stage.EXECUTION), here, there


def address(dossier, here, there):
    return reverse("people:same_person", args=[dossier.number, here.pk, there.pk])


def known(dossier, login=COORDINATOR):
    return cast.signed_in(login).get(reverse("people:known", args=[dossier.number]))


def answer(dossier, here, there, what, login=COORDINATOR, **more):
    return cast.signed_in(login).post(address(dossier, here, there), {"answer": what, **more})


def test_says_why_two_records_look_alike(families):
    new, old, here, there = families

    page = known(new).content.decode()
    assert "Achternaam klinkt gelijk: Bostels / Bosteels" in page
    assert "Zelfde geboortedatum: 09/05/1994" in page
    assert address(new, here, there) in page
    beside = cast.signed_in(COORDINATOR).get(address(new, here, there)).content.decode()
    assert beside.index("Bostels") < beside.index("Bosteels")
    assert Event.objects.filter(action="searched", dossier=new.pk, detail="known").count() == 1
    assert Event.objects.filter(action="read", dossier=old.pk, detail="same_person").count() == 1


@pytest.mark.parametrize("what", ["zelfde", "andere", "onbekend"])
def test_an_answer_is_kept_on_both_sides_and_not_asked_again(families, what):
    new, old, here, there = families

    done = answer(new, here, there, what, reason="Nagevraagd bij de moeder.")

    assert (done.status_code, done["Location"]) == (303, reverse("people:known", args=[new.number]))
    kept = {
        (row.dossier_id, row.person_id, row.other_id, row.answer, row.reason)
        for row in Comparison.objects.all()
    }
    assert kept == {
        (new.pk, here.pk, there.pk, what, "Nagevraagd bij de moeder."),
        (old.pk, there.pk, here.pk, what, ""),
    }
    for dossier in (new, old):
        page = known(dossier).content.decode()
        assert "Opnieuw vergelijken" in page
        assert 'Te beoordelen <span class="heading__count">(0)' in page
    assert Event.objects.filter(action="added", table="people.comparison").count() == 2


def test_the_same_person_offers_to_join_and_others_do_not(families):
    new, old, here, there = families
    offer = reverse("referrals:join", args=[new.number]) + f"?number={old.number}"

    answer(new, here, there, "andere")
    assert offer not in known(new).content.decode()
    answer(new, here, there, "zelfde")
    assert offer in known(new).content.decode()
    assert f'value="{old.number}"' in cast.signed_in(COORDINATOR).get(offer).content.decode()


def test_nobody_gets_to_see_more(families):
    new, old, here, there = families
    everybody = ["liaison.caw-limburg", "liaison.clb-limburg", "coordinator.antwerpen", "casemanager.limburg"]
    before = {login: set(known_to(cast.actor(login)).values_list("number", flat=True)) for login in everybody}

    answer(new, here, there, "zelfde", reason="Zelfde nummer.")

    after = {login: set(known_to(cast.actor(login)).values_list("number", flat=True)) for login in everybody}
    assert after == before
    # The case manager reads the old dossier and doesn't know of the new one: nothing tells them that it exists.
    seen = known(old, "casemanager.limburg").content.decode()
    assert new.number not in seen
    assert "Bostels" not in seen


def test_who_is_kept_out_of_one_is_kept_out_of_both_until_it_is_taken_back(families):
    new, old, here, there = families
    by = cast.actor(COORDINATOR)
    nurse, teacher = cast.member("liaison.ggz-limburg"), cast.member("liaison.ocj-limburg")
    block(dossier=old, by=by, why="Zus.", user=nurse.user)
    block(dossier=new, by=by, why="Buur.", organisation=teacher.organisation)

    answer(new, here, there, "zelfde")

    for dossier in (new, old):
        kept_out = ConflictBlock.objects.of(dossier).values_list("user_id", "blocked_organisation_id")
        assert set(kept_out) == {(nurse.user_id, None), (None, teacher.organisation_id)}
    assert all("Zus" not in row.why for row in ConflictBlock.objects.of(new))

    mine = Comparison.objects.get(dossier=new)
    undo = reverse("people:undo_comparison", args=[new.number, mine.pk])
    assert cast.signed_in(COORDINATOR).post(undo, {"version": 1, "reason": "Vergissing."}).status_code == 303
    assert [row.user_id for row in ConflictBlock.objects.of(old)] == [nurse.user_id]
    assert [row.blocked_organisation_id for row in ConflictBlock.objects.of(new)] == [teacher.organisation_id]
    assert Comparison.objects.filter(withdrawn_at=None).count() == 0
    assert address(new, here, there) in known(new).content.decode()


def test_a_block_that_somebody_lifted_meanwhile_stays_lifted(families):
    new, old, here, there = families
    by = cast.actor(COORDINATOR)
    block(dossier=old, by=by, why="Zus.", user=cast.member("liaison.ggz-limburg").user)
    judging.judge(person=here, other=there, answer="zelfde", by=by)
    carried = ConflictBlock.objects.of(new).get()
    lift_block(block=carried, by=by, version=1, why="Uit dienst.")

    judging.judge(person=here, other=there, answer="andere", by=by)

    assert ConflictBlock.objects.get(pk=carried.pk).version == 2


@pytest.mark.parametrize("login", ["coordinator.antwerpen", "casemanager.limburg", "liaison.caw-limburg"])
def test_who_has_no_right_on_both_sides_cannot_answer(families, login):
    new, old, here, there = families

    for dossier, one, other in ((new, here, there), (old, there, here)):
        assert answer(dossier, one, other, "zelfde", login).status_code in (403, 404, 409)
    assert Comparison.objects.count() == 0


def test_a_block_hides_the_other_dossier_from_the_comparison(families):
    new, old, here, there = families
    block(dossier=old, by=cast.actor(AUTHOR), why="Zus.", user=cast.member(COORDINATOR).user)

    page = known(new).content.decode()

    assert old.number not in page
    assert answer(new, here, there, "zelfde").status_code == 404


def test_a_coordinator_learns_of_another_house_and_nothing_more(families):
    new, *_rest = families
    away = cast.new_dossier(by="coordinator.antwerpen")
    Dossier.objects.filter(pk=cast.at(away, Stage.FORMING).pk).update(
        safe_home=cast.member("coordinator.antwerpen").organisation.safe_home_id
    )
    person_in(away, "Kelly", "Bostels", by="coordinator.antwerpen")

    page = known(new).content.decode()

    assert "Contacteer de coördinator van Antwerpen." in page
    assert away.number not in page


def test_nobody_is_found_by_an_address_that_shields_somebody(families):
    new, _old, here, _there = families
    where = {
        "type": AddressType.values[0],
        "street": "Kerkstraat 12",
        "postal_code": "3500",
        "place": "Hasselt",
    }
    row = records.add(
        Address(dossier=new, person=here, municipality="Hasselt", **where), by=cast.actor(AUTHOR)
    )
    matching.index(here)
    open_count = PersonToken.objects.filter(person=here).count()

    records.change(row, by=cast.actor(AUTHOR), version=1, protected=True, municipality="")
    matching.index(here)

    assert PersonToken.objects.filter(person=here).count() == open_count - 1


@pytest.mark.django_db(transaction=True)
def test_a_report_joins_an_existing_family(transactional_db, families, page, live_server):
    """In a browser: the coordinator compares, answers « same person », and joins the referral to the family's file."""
    new, old, *_people = families
    cookie = cast.signed_in(COORDINATOR).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    page.goto(reverse("referrals:referral", args=[new.number]))
    page.get_by_role("link", name="Is dit gezin gekend?").click()
    page.get_by_role("link", name="Vergelijken").click()
    expect(page.get_by_role("cell", name="Bosteels")).to_be_visible()
    page.get_by_label("Dezelfde persoon", exact=True).check()
    page.get_by_label("Waarom?").fill("Zelfde geboortedatum, en de moeder bevestigt het.")
    page.get_by_role("button", name="Antwoord bewaren").click()
    page.get_by_role("link", name="Aansluiten bij een bestaand dossier").click()
    expect(page.get_by_label("Nummer van het bestaande dossier")).to_have_value(old.number)
    page.get_by_label("Waarom hoort deze aanmelding daar?").fill("Zelfde gezin.")
    page.get_by_role("button", name="Aansluiten bij een bestaand dossier").click()
    expect(page.get_by_text(f"Aangesloten bij {old.number}")).to_be_visible()

    new.refresh_from_db()
    assert (new.stage, new.joined_to_id) == (Stage.CLOSED, old.pk)
