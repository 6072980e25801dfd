"""Safety plans: for its named readers and its owner; for anybody else they do not exist."""

import pytest
from django.utils import timezone

from tests import cast
from tests.plans import making
from wida.audit.models import Event
from wida.dossiers.models import Task
from wida.plans.models import SafetyPlan, SafetyPlanOpening, SafetyPlanReader
from wida.records.queries import history

SECRETS = ("Kwikstaart", "Merelplein", "Waterhoen", "Boerenzwaluw")


@pytest.fixture
def dossier(house):
    return making.family_in()


@pytest.fixture
def plan(dossier):
    """Made by the CAW, readable for the case manager."""
    return making.new_safety_plan(
        dossier, making.MANAGER, signals="Als de Waterhoen roept.", checked_with="Boerenzwaluw"
    )


def open_it(client, plan, reason: str = "Er kwam een noodoproep."):
    return client.post(making.url("safety_plan", plan.dossier, plan.pk), making.sent(reason=reason))


def test_tab_shows_title_last_check_and_number_of_readers_only(dossier):
    making.new_safety_plan(
        dossier, making.MANAGER, making.POLICE, signals="Als de Waterhoen roept.", checked_on="14/10/2026"
    )

    page = making.text_of(cast.signed_in(making.MANAGER).get(making.url("plan", dossier)))

    assert "Plan Kwikstaart" in page
    assert "Laatst overlopen op 14/10/2026" in page
    assert "Nog 2 lezers." in page
    assert "Merelplein" not in page
    assert "Waterhoen" not in page


def test_opening_asks_why_and_keeps_it(dossier, plan):
    client = cast.signed_in(making.MANAGER)
    address = making.url("safety_plan", dossier, plan.pk)

    asked = client.get(address)
    silent = open_it(client, plan, reason="  ")
    opened = open_it(client, plan)
    shown = client.get(address)

    assert "Merelplein" not in making.text_of(asked)
    assert (silent.status_code, opened.status_code, opened["Location"]) == (422, 303, address)
    assert "Merelplein" in making.text_of(shown)
    assert "Waterhoen" in making.text_of(shown)
    (opening,) = SafetyPlanOpening.objects.all()
    assert (opening.reason, opening.signature) == (
        "Er kwam een noodoproep.",
        cast.actor(making.MANAGER).signature,
    )
    (event,) = Event.objects.filter(action="safety_plan_opened")
    assert (event.row, event.user) == (plan.pk, cast.member(making.MANAGER).user_id)


def test_opening_does_not_count_as_a_change(dossier, plan):
    dossier.refresh_from_db()
    before = dossier.changed_at

    open_it(cast.signed_in(making.MANAGER), plan)

    dossier.refresh_from_db()
    assert dossier.changed_at == before


def test_reason_opens_for_a_quarter_of_an_hour_and_for_one_session(dossier, plan):
    client = cast.signed_in(making.MANAGER)
    open_it(client, plan)
    session = client.session
    session["safety_plans"] = {str(plan.pk): timezone.now().timestamp() - 1}
    session.save()

    later = client.get(making.url("safety_plan", dossier, plan.pk))
    elsewhere = cast.signed_in(making.MANAGER).get(making.url("safety_plan", dossier, plan.pk))

    assert "Merelplein" not in making.text_of(later)
    assert "Merelplein" not in making.text_of(elsewhere)


def test_owner_reads_who_opened_it_and_why(dossier, plan):
    open_it(cast.signed_in(making.MANAGER), plan)
    owner = cast.signed_in(making.CAW)
    open_it(owner, plan, reason="Nazicht.")

    page = making.text_of(owner.get(making.url("safety_plan", dossier, plan.pk)))

    assert "Er kwam een noodoproep." in page
    assert cast.actor(making.MANAGER).name in page


def test_other_reader_does_not_read_who_opened_it(dossier, plan):
    open_it(cast.signed_in(making.CAW), plan, reason="Nazicht door de maker.")
    reader = cast.signed_in(making.MANAGER)
    open_it(reader, plan)

    assert "Nazicht door de maker." not in making.text_of(
        reader.get(making.url("safety_plan", dossier, plan.pk))
    )


@pytest.mark.parametrize(
    "login", [making.COORDINATOR, making.POLICE, "administrative.limburg", "prosecutor.limburg"]
)
def test_who_is_not_named_sees_nothing_anywhere(dossier, plan, login):
    making.new_goal(dossier)
    making.post(making.MANAGER, "record_plan", dossier, recorded_on=making.day(), review_on=making.day(9))
    client = cast.signed_in(login)
    kelly = making.person(dossier, "Kelly")
    addresses = [
        making.url("plan", dossier),
        making.url("plan", dossier) + "?view=organisation",
        making.url("plan", dossier) + "?view=date",
        making.url("execution", dossier),
        making.url("version", dossier, 1),
        making.url("extract", dossier, kelly),
        making.url("add_safety_plan", dossier),
        making.url("safety_plan", dossier, plan.pk),
        making.url("edit_safety_plan", dossier, plan.pk),
        f"/dossiers/{dossier.number}/",
        f"/dossiers/{dossier.number}/people/",
        "/dossiers/",
        "/dossiers/tasks/",
    ]

    pages = {address: making.text_of(client.get(address)) for address in addresses}

    leaks = [(address, secret) for address, page in pages.items() for secret in SECRETS if secret in page]
    assert leaks == []
    others = [page for address, page in pages.items() if str(plan.pk) not in address]
    assert len(others) == len(addresses) - 2
    assert not any(str(plan.pk) in page for page in others)
    assert open_it(client, plan).status_code == 404
    assert client.get(making.url("safety_plan", dossier, plan.pk)).status_code == 404
    assert SafetyPlanOpening.objects.count() == 0
    assert Event.objects.filter(
        action="refused", detail="safety_plan", user=cast.member(login).user_id
    ).exists()


def test_the_words_could_have_leaked(dossier, plan):
    """The reader who is named does meet them on the same pages."""
    client = cast.signed_in(making.MANAGER)
    open_it(client, plan)

    pages = making.text_of(client.get(making.url("plan", dossier)))
    pages += making.text_of(client.get(making.url("safety_plan", dossier, plan.pk)))

    assert [secret for secret in SECRETS if secret not in pages] == []


def test_block_is_absent_for_who_may_neither_read_nor_write(dossier, plan):
    assert "Veiligheidsplannen" not in making.text_of(
        cast.signed_in("administrative.limburg").get(making.url("plan", dossier))
    )


def test_whole_organisation_can_be_named(dossier):
    police = cast.member(making.POLICE)
    plan = making.new_safety_plan(dossier, readers=[f"{police.organisation_id}:"])

    answer = open_it(cast.signed_in(making.POLICE), plan)

    assert answer.status_code == 303
    assert SafetyPlanReader.objects.get().user_id is None


def test_reader_named_for_one_organisation_does_not_read_for_another(dossier, plan):
    from wida.accounts.models import Membership, Organisation

    manager = cast.member(making.MANAGER)
    elsewhere = Membership.objects.create(
        user=manager.user,
        organisation=Organisation.objects.get(name="OCMW Limburg"),
        role="contactpersoon",
        valid_from=manager.valid_from,
    )
    from wida.access.actions import give_mandate
    from wida.access.rules import Ground

    give_mandate(dossier=dossier, holder=elsewhere, ground=Ground.INVITED, by=cast.actor(making.COORDINATOR))
    client = cast.signed_in(making.POLICE)
    client.force_login(manager.user)
    session = client.session
    session["membership"] = str(elsewhere.pk)
    session.save()

    assert client.get(making.url("plan", dossier)).status_code == 200
    assert open_it(client, plan).status_code == 404


def test_only_its_owner_changes_it_and_only_after_a_reason(dossier, plan):
    form = making.safety_form(dossier, making.POLICE, version=1, steps="Naar het Lijsterpad.")
    reader, owner = cast.signed_in(making.MANAGER), cast.signed_in(making.CAW)
    address = making.url("edit_safety_plan", dossier, plan.pk)
    open_it(reader, plan)

    refused = reader.post(address, form)
    unopened = owner.get(address)
    open_it(owner, plan)
    shown = owner.get(address)
    changed = owner.post(address, form)

    assert refused.status_code == 403
    assert (unopened.status_code, unopened["Location"]) == (302, making.url("safety_plan", dossier, plan.pk))
    assert "Merelplein" in making.text_of(shown)
    assert changed.status_code == 303
    after = SafetyPlan.objects.get()
    assert (after.steps, after.version) == ("Naar het Lijsterpad.", 2)
    assert open_it(cast.signed_in(making.POLICE), plan).status_code == 303
    assert open_it(cast.signed_in(making.MANAGER), plan).status_code == 404
    assert cast.actor(making.MANAGER).name in history(after)[0].state["reader_names"]


def test_owner_does_not_read_it_by_sending_an_empty_form(dossier, plan):
    """The form of a change gives back what was typed, never what stands, unless the reason was given."""
    owner = cast.signed_in(making.CAW)

    answer = owner.post(
        making.url("edit_safety_plan", dossier, plan.pk),
        making.safety_form(dossier, version=9, steps="Getypt."),
    )

    assert "Merelplein" not in making.text_of(answer)


def test_two_people_in_one_safety_plan_lose_nothing(dossier, plan):
    owner = cast.signed_in(making.CAW)
    open_it(owner, plan)
    address = making.url("edit_safety_plan", dossier, plan.pk)
    owner.post(address, making.safety_form(dossier, making.MANAGER, version=1, steps="Eerste tekst"))

    answer = owner.post(address, making.safety_form(dossier, making.MANAGER, version=1, steps="Tweede tekst"))

    assert answer.status_code == 409
    assert "Eerste tekst" in making.text_of(answer)
    assert "Tweede tekst" in making.text_of(answer)


@pytest.mark.parametrize("field", ["title", "person_id", "steps"])
def test_safety_plan_needs(dossier, field):
    form = making.safety_form(dossier, **{field: ""})

    answer = cast.signed_in(making.CAW).post(making.url("add_safety_plan", dossier), form)

    assert answer.status_code == 422
    assert f"#id_{field}" in making.text_of(answer)
    assert SafetyPlan.objects.count() == 0


def test_only_who_takes_part_can_be_named(dossier):
    outsider = cast.member("liaison.clb-limburg")

    answer = cast.signed_in(making.CAW).post(
        making.url("add_safety_plan", dossier),
        making.safety_form(dossier, readers=[f"{outsider.organisation_id}:{outsider.user_id}"]),
    )

    assert answer.status_code == 422
    assert SafetyPlan.objects.count() == 0


@pytest.mark.parametrize(
    ("login", "status"), [("administrative.limburg", 403), ("coordinator.antwerpen", 404)]
)
def test_who_may_not_write_makes_none(dossier, login, status):
    answer = cast.signed_in(login).post(making.url("add_safety_plan", dossier), making.safety_form(dossier))

    assert answer.status_code == status


def test_same_safety_plan_sent_twice_is_one(dossier):
    form = making.safety_form(dossier, making.MANAGER)
    client = cast.signed_in(making.CAW)

    for _ in range(2):
        assert client.post(making.url("add_safety_plan", dossier), form).status_code == 303

    assert SafetyPlan.objects.count() == 1
    assert SafetyPlanReader.objects.count() == 1


def test_no_task_tells_of_a_safety_plan(dossier):
    making.new_safety_plan(dossier, making.MANAGER, checked_on=making.day(-100))

    assert Task.objects.count() == 0
