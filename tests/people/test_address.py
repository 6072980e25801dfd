"""Where somebody lives; and that nobody who may not know a shielded address reads a word of it, anywhere."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.pages import plain
from tests.people.family import (
    AUTHOR,
    COORDINATOR,
    address,
    browser,
    contact,
    faults,
    home,
    person,
    post,
    protected,
    relation,
    roof,
    somebody,
    tab,
    words,
)
from wida.access.models import AddressReveal
from wida.accounts.models import Organisation, PoliceZone
from wida.audit.models import Event
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier
from wida.people.models import Address, AddressViewer, Contact, Household, Person, PersonToken, Residence

POLICE, VK, OCJ = "liaison.police-limburg", "liaison.vk-limburg", "liaison.ocj-limburg"
PLACE = ("Zonnestraat", "3740", "Bilzen", "Luxemburg")
SCHOOL = "School De Linde in Bilzen"
# Ids and tokens, in which four digits of a postal code may stand by chance.
RANDOM = re.compile(r'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|value="[A-Za-z0-9]{32,64}"')


def organisation(name):
    return str(Organisation.objects.get(name=name).pk)


def add(dossier, given_name, data, by=AUTHOR):
    answer = post(by, "add_address", dossier, somebody(dossier, given_name).pk, data=data)
    assert answer.status_code == 303
    return Address.objects.order_by("-id").first()


def everything(login, dossier):
    """Each page of this room that this login can open, as it comes over the line."""
    client = browser(login)
    pages = [client.get(address("people", dossier))]
    pages += [
        client.get(address("history", dossier, somebody(dossier, name).pk)) for name in ("Kelly", "Noa")
    ]
    assert [page.status_code for page in pages] == [200, 200, 200]
    pages += [reveal(client, dossier, made) for made in Address.objects.filter(dossier=dossier)]
    return RANDOM.sub("", "".join(page.content.decode() for page in pages))


def reveal(client, dossier, made):
    return client.post(
        address("reveal_address", dossier, made.pk), {"reason": "The police are on their way."}
    )


def seen(login, dossier):
    page = everything(login, dossier)
    return [word for word in PLACE if word in page]


# Addresses that everybody may know ------------------------------------------------------------------------


def test_an_address_is_added_and_its_municipality_serves_the_figures(house):
    dossier = cast.new_dossier()

    made = add(dossier, "Kelly", home(since="3/10/2026"))

    assert (made.street, made.municipality, made.since) == ("Zonnestraat 4", "Bilzen", date(2026, 10, 3))
    shown = words(tab(AUTHOR, dossier))
    assert "Zonnestraat 4, 3740 Bilzen" in shown
    assert "Residence since 03/10/2026" in shown


def test_an_address_abroad_has_no_municipality_for_the_figures(house):
    dossier = cast.new_dossier()

    made = add(dossier, "Kelly", home(postal_code="L-1234", place="Wiltz", country="Luxemburg"))

    assert (made.municipality, made.country) == ("", "Luxemburg")
    assert "Zonnestraat 4, L-1234 Wiltz, Luxemburg" in words(tab(AUTHOR, dossier))


def test_belgium_written_out_is_no_other_country(house):
    made = add(cast.new_dossier(), "Kelly", home(country="België"))

    assert (made.country, made.municipality) == ("", "Bilzen")


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"type": ""}, "Choose an answer for “Kind of address”"),
        (
            {"street": "", "place": ""},
            "Fill in a street or a municipality, or choose “Unknown” as kind of address",
        ),
        ({"postal_code": "374"}, "Fill in a postal code of four digits, or the country"),
        ({"postal_code": "٣٧٤٠"}, "Fill in a postal code of four digits, or the country"),
        ({"since": "3/10/2026", "until": "2/10/2026"}, "Fill in a last day that is not before the first day"),
        ({"until": "31/6/2026"}, "Fill in a date that exists, for example 14/11/2026"),
        ({"protected": "on"}, "Say why this address is shielded"),
        ({"protected_why": "Fear."}, "Tick “Shield this address”, or empty the reason and who may see it"),
        (
            {"protected": "on", "protected_why": "Fear.", "viewers": ["x"]},
            "Choose again: this answer is no longer in the list",
        ),
    ],
)
def test_bad_input_is_refused(house, wrong, fault):
    dossier = cast.new_dossier()

    answer = post(AUTHOR, "add_address", dossier, somebody(dossier, "Kelly").pk, data=home() | wrong)

    assert answer.status_code == 422
    assert faults(answer) == [fault]
    assert 'value="Zonnestraat 4"' in answer.content.decode() or "street" in wrong
    assert Address.objects.count() == 0


def test_two_people_at_once_lose_nothing(house):
    dossier = cast.at(cast.new_dossier(), Stage.FORMING)
    made = add(dossier, "Kelly", home(), by=COORDINATOR)
    post(COORDINATOR, "edit_address", dossier, made.pk, data=home(street="Kapelweg 10", version=1))

    late = post(
        "administrative.limburg", "edit_address", dossier, made.pk, data=home(street="Dorp 3", version=1)
    )

    assert late.status_code == 409
    assert "Kapelweg 10" in plain(late)
    assert "Dorp 3" in plain(late)
    assert Address.objects.get().street == "Kapelweg 10"


def test_saving_without_a_change_makes_no_version(house):
    dossier = cast.at(cast.new_dossier(), Stage.FORMING)
    made = add(dossier, "Kelly", home(), by=COORDINATOR)

    post(COORDINATOR, "edit_address", dossier, made.pk, data=home(version=1))

    assert Address.objects.get().version == 1


# Shielded addresses -----------------------------------------------------------------------------------------


@pytest.fixture
def shielded(house):
    """Kelly's address, shielded by the CAW and open to the VK; it was in clear first, to leave a trail."""
    dossier = cast.new_dossier()
    made = add(dossier, "Kelly", home(country="Luxemburg", street="Zonnestraat 4"))
    answer = post(
        AUTHOR, "edit_address", dossier, made.pk,
        data=protected(country="Luxemburg", viewers=[organisation("VK Limburg")], version=1),
    )  # fmt: skip
    assert answer.status_code == 303
    return cast.at(dossier, Stage.FORMING)


@pytest.mark.parametrize("login", [AUTHOR, COORDINATOR, VK])
def test_its_owner_the_coordinator_and_who_was_named_read_it(shielded, login):
    assert seen(login, shielded) == list(PLACE)
    assert "He looks for her." in words(tab(login, shielded))


@pytest.mark.parametrize("login", [AUTHOR, COORDINATOR, VK])
def test_they_too_say_first_why(shielded, login):
    made, client = Address.objects.get(), browser(login)
    pages = [
        address("people", shielded),
        address("history", shielded, somebody(shielded, "Kelly").pk),
        address("reveal_address", shielded, made.pk),
        address("edit_address", shielded, made.pk),
        address("withdraw", shielded, "address", made.pk),
    ]

    before = "".join(client.get(page, follow=True).content.decode() for page in pages)
    silent = client.post(address("reveal_address", shielded, made.pk), {"reason": " "})
    shown = reveal(client, shielded, made)

    assert [word for word in PLACE if word in before] == []
    assert (silent.status_code, faults(silent)) == (422, ["Fill in “Why do you need this address now?”"])
    assert [word for word in PLACE if word in shown.content.decode()] == list(PLACE)
    assert "Zonnestraat" not in client.get(address("people", shielded)).content.decode()
    told = AddressReveal.objects.get()
    assert (told.reason, told.address_id, told.signature) == (
        "The police are on their way.", made.pk, cast.actor(login).signature
    )  # fmt: skip
    assert Event.objects.filter(action="revealed", row=made.pk, user=cast.actor(login).user_id).count() == 1
    access = browser(COORDINATOR).get(reverse("access:access", args=[shielded.number])).content.decode()
    assert "The police are on their way." in access


def test_showing_it_asks_a_fresh_sign_in(shielded):
    made, client = Address.objects.get(), browser(COORDINATOR)
    session = client.session
    session["confirmed_at"] = 0
    session.save()

    shown = client.get(address("reveal_address", shielded, made.pk))
    held = reveal(client, shielded, made)

    assert shown["Location"].startswith("/accounts/confirm/")
    assert [word for word in PLACE if word in held.content.decode()] == []
    assert (held.status_code, AddressReveal.objects.count()) == (422, 0)


def test_showing_it_is_no_change_of_the_dossier(shielded):
    shielded.refresh_from_db()
    before = shielded.changed_at

    reveal(browser(COORDINATOR), shielded, Address.objects.get())

    shielded.refresh_from_db()
    assert shielded.changed_at == before


def test_its_form_opens_after_the_reason_and_not_before(shielded):
    made, client = Address.objects.get(), browser(COORDINATOR)
    edit = address("edit_address", shielded, made.pk)
    conflict = client.post(edit, protected(version=1))
    assert (conflict.status_code, "Luxemburg" in conflict.content.decode()) == (409, False)
    assert client.get(edit)["Location"] == address("reveal_address", shielded, made.pk)

    reveal(client, shielded, made)

    assert "Zonnestraat 4" in client.get(edit).content.decode()
    assert client.post(edit, protected(version=1)).status_code == 409
    session = client.session
    session["revealed"] = {str(made.pk): timezone.now().timestamp()}
    session.save()
    assert client.get(edit).status_code == 302


@pytest.mark.parametrize(
    "login", [POLICE, OCJ, "liaison.ggz-limburg", "prosecutor.limburg", "administrative.limburg"]
)
def test_who_may_not_know_it_gets_it_for_no_reason(shielded, login):
    made, client = Address.objects.get(), browser(login)
    where = address("reveal_address", shielded, made.pk)

    answers = [client.get(where), reveal(client, shielded, made)]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert [word for word in PLACE if word in "".join(a.content.decode() for a in answers)] == []
    assert AddressReveal.objects.count() == 0
    refusals = Event.objects.filter(action="refused", row=made.pk, detail="shielded_address")
    assert refusals.count() == 2


@pytest.mark.parametrize(
    "login", [POLICE, OCJ, "liaison.ggz-limburg", "prosecutor.limburg", "administrative.limburg"]
)
def test_nobody_else_reads_a_word_of_it_in_any_version(shielded, login):
    page = everything(login, shielded)

    assert [word for word in (*PLACE, "He looks for her", "VK Limburg</dd>") if word in page] == []
    assert "Shielded address" in page
    assert "The address of Kelly Bosteels is shielded." in words(tab(login, shielded))


def test_the_case_manager_reads_it_only_when_the_house_was_named(shielded):
    cast.at(shielded, Stage.EXECUTION)
    made = Address.objects.get()
    assert seen("casemanager.limburg", shielded) == []

    data = protected(country="Luxemburg", viewers=[organisation("Veilig Huis Limburg")], version=2)
    post(COORDINATOR, "edit_address", shielded, made.pk, data=data)

    assert seen("casemanager.limburg", shielded) == list(PLACE)
    assert seen(VK, shielded) == []


def test_it_has_no_municipality_in_clear(shielded):
    dossier = cast.new_dossier()
    made = add(dossier, "Kelly", protected())
    assert made.municipality == ""

    post(AUTHOR, "edit_address", dossier, made.pk, data=home(reason="He moved abroad.", version=1))
    assert Address.objects.get(pk=made.pk).municipality == "Bilzen"


def test_who_may_write_but_not_know_it_cannot_open_its_form(shielded):
    made = Address.objects.get()
    client = browser("administrative.limburg")

    answers = [
        client.get(address("edit_address", shielded, made.pk)),
        client.post(address("edit_address", shielded, made.pk), home(version=2)),
        client.get(address("withdraw", shielded, "address", made.pk)),
        client.post(address("withdraw", shielded, "address", made.pk), {"reason": "Wrong.", "version": 2}),
    ]

    assert [answer.status_code for answer in answers] == [403] * 4
    assert [word for word in PLACE if word in "".join(answer.content.decode() for answer in answers)] == []
    assert Address.objects.get().version == 2


def test_who_stops_shielding_says_why(shielded):
    made = Address.objects.get()

    silent = post(COORDINATOR, "edit_address", shielded, made.pk, data=home(version=2))
    assert faults(silent) == ["Say why everybody may see this address now"]

    sent = home(protected_why="He looks for her.", reason="She asked for it herself.", version=2)
    assert post(COORDINATOR, "edit_address", shielded, made.pk, data=sent).status_code == 303
    assert "Zonnestraat" in seen(POLICE, shielded)
    assert AddressViewer.objects.count() == 0
    kelly = somebody(shielded, "Kelly")
    assert "She asked for it herself." in words(
        browser(COORDINATOR).get(address("history", shielded, kelly.pk))
    )


def test_a_withdrawn_one_stays_shielded_in_the_history(shielded):
    made = Address.objects.get()
    post(
        COORDINATOR,
        "withdraw",
        shielded,
        "address",
        made.pk,
        data={"reason": "She left Bilzen.", "version": 2},
    )

    assert seen(POLICE, shielded) == []
    assert "Zonnestraat" in seen(COORDINATOR, shielded)


# Under one roof -------------------------------------------------------------------------------------------


def days_ago(number):
    return (timezone.localdate() - timedelta(days=number)).isoformat()


def together(dossier, *given_names, **more):
    members = [somebody(dossier, name) for name in given_names]
    answer = post(AUTHOR, "add_household", dossier, data=roof(*members, **more))
    assert answer.status_code == 303


@pytest.fixture
def moved(house):
    """Kelly moved in with Noa thirty days ago, to a shielded address; before, all lived with Youri at the Kapelweg."""
    dossier = cast.new_dossier()
    old = home(street="Kapelweg 10", postal_code="3700", place="Tongeren")
    add(dossier, "Kelly", protected(since=days_ago(30)))
    add(dossier, "Youri", old)
    add(dossier, "Noa", home(since=days_ago(30)))
    add(dossier, "Noa", old | {"until": days_ago(30)})
    together(dossier, "Kelly", "Noa", label="With aunt in Bilzen", since=days_ago(30))
    together(dossier, "Kelly", "Youri", "Noa", since=days_ago(900), until=days_ago(30))
    panel = {"exposure": "onbekend", "school": SCHOOL, "school_contact": "Juf An in Bilzen"}
    post(AUTHOR, "edit_panel", dossier, somebody(dossier, "Noa").pk, data=panel)
    return cast.at(dossier, Stage.FORMING)


def test_a_child_under_the_same_roof_is_shielded_with_her(moved):
    page = everything(POLICE, moved)

    assert [word for word in PLACE if word in page] == []
    assert SCHOOL not in page
    assert "With aunt" not in page
    assert "The addresses of Kelly Bosteels, Noa Bosteels are shielded." in words(tab(POLICE, moved))


def test_the_name_of_such_a_household_is_in_no_form_either(moved):
    household = Household.objects.get(label__isnull=False)
    client = browser("administrative.limburg")

    form = client.get(address("edit_household", moved, household.pk))
    leaving = client.get(address("withdraw", moved, "household", household.pk))
    choosing = client.get(address("add_residence", moved))

    assert [page.status_code for page in (form, leaving, choosing)] == [403, 200, 200]
    assert ["With aunt" in page.content.decode() for page in (form, leaving, choosing)] == [False] * 3
    assert (
        "With aunt"
        in browser(COORDINATOR).get(address("edit_household", moved, household.pk)).content.decode()
    )


def test_what_was_before_stays_to_be_read(moved):
    shown = words(tab(POLICE, moved))

    assert (
        shown.count("Kapelweg 10, 3700 Tongeren") == 3
    )  # Youri's on his card and behind it, and what was Noa's
    assert "Household of Kelly Bosteels No longer together" in shown


def test_who_may_know_reads_all_of_it(moved):
    for login in (AUTHOR, COORDINATOR):
        page = everything(login, moved)
        assert "Zonnestraat" in page
        assert SCHOOL in page
        assert "With aunt in Bilzen" in page


def test_the_school_of_a_shielded_child_stays_when_somebody_who_may_not_see_it_writes(moved):
    noa = somebody(moved, "Noa")

    shown = browser("administrative.limburg").get(address("edit_panel", moved, noa.pk))
    sent = {"exposure": "getuige_aanwezig", "safe_person": "Grandmother", "version": 1}
    answer = post("administrative.limburg", "edit_panel", moved, noa.pk, data=sent)

    assert SCHOOL not in shown.content.decode()
    assert answer.status_code == 303
    assert SCHOOL in everything(COORDINATOR, moved)


def test_nothing_under_that_roof_has_a_municipality_in_clear(moved):
    clear = {(row.street, row.municipality) for row in Address.objects.all()}

    assert clear == {("Zonnestraat 4", ""), ("Kapelweg 10", "Tongeren")}


def test_who_moves_out_is_shielded_no_longer(moved):
    noa = somebody(moved, "Noa")
    shared = Residence.objects.get(person=noa, until=None)
    sent = {
        "person": str(noa.pk), "household": str(shared.household_id),
        "since": days_ago(30), "until": days_ago(10), "version": 1,
    }  # fmt: skip
    assert post(COORDINATOR, "edit_residence", moved, shared.pk, data=sent).status_code == 303
    post(
        COORDINATOR,
        "add_address",
        moved,
        noa.pk,
        data=home(street="Dorp 3", place="Genk", since=days_ago(10)),
    )

    page = everything(POLICE, moved)
    assert "Dorp 3" in page
    assert SCHOOL in page
    assert "Zonnestraat" not in page
    assert Address.objects.get(since=days_ago(10)).municipality == "Genk"


# What else says where ---------------------------------------------------------------------------------------

CASCADE = (
    "Lindeschool",
    "Juf An",
    "Zonnestraat",
    "Weverij Maaskant",
    "089 00 00 01",
    "Bij de bakker",
    "Dokter Peel",
)


@pytest.fixture
def hiding(house):
    """Kelly hides, and nobody wrote down where Noa lives but that she is her child; each fact says where, too."""
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    zone = PoliceZone.objects.get(name="PZ Maasrand")
    Dossier.objects.filter(pk=dossier.pk).update(police_zone=zone)
    kelly, noa = somebody(dossier, "Kelly"), somebody(dossier, "Noa")
    sent = {"group": "rechtstreeks", "given_name": "Kelly", "family_name": "Bosteels", "sex": "vrouw"}
    for name, *args, data in (
        ("add_address", kelly.pk, protected(street="Kasteeldreef 9", place="Genk")),
        ("add_address", noa.pk, home()),
        ("add_relation", relation(kelly, "ouder", noa)),
        ("edit_panel", noa.pk, {"exposure": "onbekend", "school": "Lindeschool", "school_contact": "Juf An"}),
        (
            "edit_person",
            kelly.pk,
            sent | {"birth_date": "14/3/2000", "profession": "Weverij Maaskant", "version": 1},
        ),
        ("add_contact", kelly.pk, contact(value="089 00 00 01")),
        ("add_contact", kelly.pk, contact(kind="andere", value="Bij de bakker")),
        ("add_contact", kelly.pk, contact(value="0470 00 00 02")),
        ("add_service", {"name": "Dokter Peel", "kind": "huisarts", "state": "lopend"}),
        ("add_service", {"name": "CGG De Brug", "kind": "ggz", "state": "lopend"}),
    ):
        assert post(COORDINATOR, name, dossier, *args, data=data).status_code == 303, (name, args)
    Person.objects.filter(pk=kelly.pk).update(organisation_id=organisation("Veilig Huis Limburg"))
    return dossier


def test_every_fact_that_says_where_is_shielded_with_the_address(hiding):
    page = everything(POLICE, hiding)

    assert [word for word in (*CASCADE, "PZ Maasrand", "Kasteeldreef") if word in page] == []
    assert [word for word in ("0470 00 00 02", "CGG De Brug") if word not in page] == []
    own = everything(COORDINATOR, hiding)
    assert [word for word in (*CASCADE, "PZ Maasrand", "Kasteeldreef") if word not in own] == []


def test_none_of_it_stands_in_a_form_either(hiding):
    other = Organisation.objects.get(name="CAW Limburg")
    for model in (Contact, Person, Address):
        model.objects.filter(dossier=hiding).update(organisation=other)
    client = browser("administrative.limburg")
    noa, kelly = somebody(hiding, "Noa"), somebody(hiding, "Kelly")
    pages = [address("edit_person", hiding, kelly.pk), address("edit_panel", hiding, noa.pk)]
    for pk in Contact.objects.filter(dossier=hiding).values_list("pk", flat=True):
        pages += [address("edit_contact", hiding, pk), address("withdraw", hiding, "contact", pk)]

    answers = [client.get(page) for page in pages]
    manager = browser("casemanager.limburg")
    head = manager.get(reverse("dossiers:edit_head", args=[hiding.number]))

    shown = "".join(answer.content.decode() for answer in answers)
    assert sorted(answer.status_code for answer in answers) == [200] * 6 + [403] * 2
    assert [
        word for word in ("Lindeschool", "Weverij", "089 00 00 01", "Bij de bakker") if word in shown
    ] == []
    assert (head.status_code, "PZ Maasrand" in head.content.decode()) == (200, False)
    manager.post(reverse("dossiers:edit_head", args=[hiding.number]), {"name": "Anders"})
    hiding.refresh_from_db()
    assert (hiding.family_name, hiding.police_zone.name) == ("Anders", "PZ Maasrand")


def test_a_child_that_lives_with_the_other_parent_is_not_shielded(hiding):
    noa, youri = somebody(hiding, "Noa"), somebody(hiding, "Youri")
    assert Address.objects.get(person=noa).municipality == ""
    found_by = PersonToken.objects.filter(person=noa).count()

    assert post(COORDINATOR, "add_household", hiding, data=roof(noa, youri)).status_code == 303

    assert PersonToken.objects.filter(person=noa).count() == found_by + 1  # by where she lives, too
    page = everything(POLICE, hiding)
    assert "Zonnestraat" in page
    assert "Lindeschool" in page
    assert Address.objects.get(person=noa).municipality == "Bilzen"


def test_a_grown_up_child_is_not_shielded_with_her(hiding):
    rita = post(COORDINATOR, "add_person", hiding, data=person())
    assert rita.status_code == 303
    rita = Person.objects.get(dossier=hiding, group="andere")
    post(COORDINATOR, "add_relation", hiding, data=relation(somebody(hiding, "Kelly"), "ouder", rita))
    post(COORDINATOR, "add_address", hiding, rita.pk, data=home(street="Dorp 3", place="Genk"))

    assert "Dorp 3" in everything(POLICE, hiding)


def test_one_that_is_not_written_down_yet_is_unknown_and_not_shielded(house):
    dossier = cast.new_dossier()

    shown = words(tab(AUTHOR, dossier))

    assert shown.count("No address known") == 2 + 5
    assert "Shielded address" not in shown
