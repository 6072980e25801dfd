"""Two dossiers of one family are joined: blocks of either hold for both, and nobody gets to see more than before."""

import pytest
from django.urls import reverse

from tests import cast
from tests.pages import Page
from tests.referrals.steps import post, referred
from wida.access.actions import block
from wida.access.emergency import break_glass
from wida.access.models import ConflictBlock, ExtraProtection, Mandate
from wida.access.protection import protect
from wida.access.queries import known_to
from wida.accounts.models import Membership, User
from wida.dossiers.codes import Stage
from wida.people import judging
from wida.people.models import Person

COORDINATOR, COLLEAGUE, OFFICE = "coordinator.limburg", "second.limburg", "administrative.limburg"
EVERYBODY = (
    COORDINATOR,
    OFFICE,
    "casemanager.limburg",
    "liaison.caw-limburg",
    "liaison.ggz-limburg",
    "liaison.ocj-limburg",
)


@pytest.fixture
def two(house):
    """A referral, and the running dossier of the same family."""
    return referred(), cast.at(cast.new_dossier(family_name="Coremans"), Stage.EXECUTION)


def join(new, old, login=COORDINATOR):
    return post(login, "join", new, data={"number": old.number, "reason": "Hetzelfde gezin."})


def seen_by(login) -> set[str]:
    return set(known_to(cast.actor(login)).values_list("number", flat=True))


def kept_out(dossier) -> set:
    blocks = ConflictBlock.objects.of(dossier)
    return set(blocks.values_list("user_id", "blocked_organisation_id"))


def choices(page) -> list[str]:
    shown = Page(cast.signed_in(COORDINATOR).get(page))
    asked = [field for form in shown.forms for field in form.fields if field.name == "whom"]
    return [option for field in asked for option in field.options]


def opens(login, dossier) -> int:
    return cast.signed_in(login).get(reverse("dossiers:overview", args=[dossier.number])).status_code


def test_blocks_of_either_hold_for_both_and_mandates_for_none_but_their_own(two):
    new, old = two
    by, nurse = cast.actor(COORDINATOR), cast.member("liaison.ggz-limburg")
    office, teachers = cast.member(OFFICE), cast.member("liaison.ocj-limburg").organisation_id
    block(dossier=old, by=by, why="Zus van de vader.", user=office.user)
    block(dossier=new, by=by, why="Buur.", organisation=cast.member("liaison.ocj-limburg").organisation)
    before = {login: seen_by(login) for login in EVERYBODY}
    grants = set(Mandate.objects.of(old).values_list("holder_id", "ground", "ended_at"))
    assert opens("liaison.ocj-limburg", old) == 200
    assert nurse.user_id in {holder for holder, _ground, _ended in grants}

    assert join(new, old).status_code == 303

    for dossier in two:
        assert kept_out(dossier) == {(office.user_id, None), (None, teachers)}
        assert [opens(login, dossier) for login in (OFFICE, "liaison.ocj-limburg")] == [404, 404]
    carried = ConflictBlock.objects.of(new).get(user=office.user)
    assert "Zus" not in carried.why
    assert all(seen_by(login) <= before[login] for login in EVERYBODY)
    assert set(Mandate.objects.of(old).values_list("holder_id", "ground", "ended_at")) == grants
    # The referrer of the one takes part in the other only as far as they did.
    assert (
        old.number
        not in cast.signed_in("liaison.caw-limburg")
        .get(reverse("dossiers:overview", args=[new.number]))
        .content.decode()
    )

    page = reverse("access:add_block", args=[old.number])
    whom = next(value for value in choices(page) if str(nurse.user_id) in value)
    later = {"whom": whom, "why": "Blijkt een nicht."}
    assert cast.signed_in(COORDINATOR).post(page, later).status_code == 303
    assert (nurse.user_id, None) in kept_out(new) & kept_out(old)


def test_the_smaller_circle_of_either_is_that_of_both(two):
    new, old = two
    own = cast.member(COORDINATOR)
    colleague = User.objects.create(login=COLLEAGUE, name="Twee Coördinaten", password="!")
    Membership.objects.create(
        user=colleague, organisation=own.organisation, role=own.role, valid_from=own.valid_from
    )
    protect(dossier=new, why="Bekende familie.", by=cast.actor(COORDINATOR))
    assert (opens(COLLEAGUE, new), opens(COLLEAGUE, old)) == (404, 200)

    assert join(new, old).status_code == 303

    assert ExtraProtection.objects.of(old).exists()
    assert [(opens(login, new), opens(login, old)) for login in (COLLEAGUE, COORDINATOR)] == [
        (404, 404),
        (200, 200),
    ]
    assert opens("casemanager.limburg", old) == 200


def test_a_right_to_read_one_side_joins_nothing(two):
    """An hour of emergency access, an invitation, a block: each with a right to decide about the referral itself."""
    new, old = two
    here = cast.member("coordinator.antwerpen")
    new.safe_home, new.number = here.organisation.safe_home, "ANTW501"
    new.save()
    refused = {}
    refused["stranger"] = join(new, old, "coordinator.antwerpen").status_code
    assert break_glass(number=old.number, reason="Spoed.", by=here.actor)
    assert opens("coordinator.antwerpen", old) == 200
    refused["emergency"] = join(new, old, "coordinator.antwerpen").status_code

    assert refused == {"stranger": 422, "emergency": 422}
    new.refresh_from_db()
    assert (new.stage, new.joined_to_id) == (Stage.REFERRED, None)


def test_who_is_kept_out_of_the_other_can_not_join_to_it(two):
    new, old = two
    block(dossier=old, by=cast.actor("liaison.caw-limburg"), why="Zus.", user=cast.member(COORDINATOR).user)

    assert join(new, old).status_code == 422


def test_a_mistake_about_a_person_lifts_no_block_of_what_was_joined(two):
    new, old = two
    by = cast.actor(COORDINATOR)
    block(dossier=old, by=by, why="Zus.", user=cast.member(OFFICE).user)
    one, other = Person.objects.of(new).first(), Person.objects.of(old).first()
    answer = judging.judge(person=one, other=other, answer="zelfde", by=by)
    assert join(new, old).status_code == 303

    judging.take_back(comparison=answer, version=1, reason="Toch een zus.", by=by)

    assert kept_out(new) == kept_out(old) == {(cast.member(OFFICE).user_id, None)}
