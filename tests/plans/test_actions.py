"""Actions: an organisation always, a person as soon as known, lateness computed, the end told in words."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import cast
from tests.plans import making
from wida.access.actions import block, give_mandate
from wida.access.rules import Ground
from wida.audit.models import Event
from wida.dossiers.codes import Stage, TaskKind
from wida.dossiers.models import Task
from wida.plans import actions, queries
from wida.plans.models import Action
from wida.records.queries import history


@pytest.fixture
def dossier(house):
    return making.family_in()


def open_tasks(action: Action) -> list:
    return list(
        Task.objects.filter(source=action.pk, done_at=None).values_list(
            "kind", "due", "user__login", "organisation__name"
        )
    )


def test_action_keeps_everything_that_was_filled_in(dossier):
    goal = making.new_goal(dossier)
    kelly, youri = making.person(dossier, "Kelly"), making.person(dossier, "Youri")

    action = making.new_action(
        dossier,
        what="Verlenging van het contactverbod",
        holder=making.who(making.POLICE),
        goal=str(goal.pk),
        start_on="01/02/2030",
        due_on="14/03/2030",
        judicial_on="20/03/2030",
        persons=[str(kelly)],
        withheld_from=[str(youri)],
        investigates="middelen",
        state="lopend",
    )

    police = cast.member(making.POLICE)
    assert (action.what, action.goal_id, action.state) == (
        "Verlenging van het contactverbod",
        goal.pk,
        "lopend",
    )
    assert (action.holder_id, action.holder_organisation_id) == (police.user_id, police.organisation_id)
    assert [d.isoformat() for d in (action.start_on, action.due_on, action.judicial_on)] == [
        "2030-02-01",
        "2030-03-14",
        "2030-03-20",
    ]
    assert (action.persons, action.withheld_from, action.investigates) == ([kelly], [youri], "middelen")
    page = making.text_of(cast.signed_in(making.MANAGER).get(making.url("plan", dossier)))
    for told in (
        "Verlenging van het contactverbod",
        "Politie Limburg",
        "14/03/2030",
        "Zitting op 20 maart 2030",
    ):
        assert told in page


@pytest.mark.parametrize(
    ("field", "value", "anchor"),
    [
        ("what", "", "id_what"),
        ("holder", "", "id_holder"),
        ("holder", "m:0190a5f0-0000-7000-8000-000000000000", "id_holder"),
        ("due_on", "31/02/2030", "id_due_on"),
        ("goal", "0190a5f0-0000-7000-8000-000000000000", "id_goal"),
        ("state", "uitgevoerd", "id_state"),
    ],
)
def test_action_is_refused(dossier, field, value, anchor):
    answer = cast.signed_in(making.MANAGER).post(
        making.url("add_action", dossier), making.action_form(**{"what": "Getypte actie", field: value})
    )

    assert answer.status_code == 422
    assert f"#{anchor}" in making.text_of(answer)
    assert Action.objects.count() == 0


def test_action_does_not_end_before_it_starts(dossier):
    form = making.action_form(start_on=making.day(5), due_on=making.day(4))

    answer = cast.signed_in(making.MANAGER).post(making.url("add_action", dossier), form)

    assert answer.status_code == 422
    assert "Vul een datum in op of na de start" in making.text_of(answer)
    assert Action.objects.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"start_on": timezone.localdate(), "due_on": timezone.localdate() - timedelta(days=1)},
        {"state": "uitgevoerd"},
        {"accepted_at": timezone.now()},
    ],
)
def test_database_refuses_what_cannot_be(dossier, wrong):
    action = making.new_action(dossier)

    with pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.filter(pk=action.pk).update(**wrong)


def test_person_kept_out_of_the_dossier_is_not_offered(dossier):
    blocked = cast.member(making.CAW)
    before = making.text_of(cast.signed_in(making.MANAGER).get(making.url("add_action", dossier)))
    block(dossier=dossier, by=cast.actor("coordinator.limburg"), why="familie", user=blocked.user)

    after = making.text_of(cast.signed_in(making.MANAGER).get(making.url("add_action", dossier)))

    assert making.who(making.CAW) in before
    assert making.who(making.CAW) not in after
    assert making.who(making.POLICE) in after
    assert "liaison.caw-antwerpen" not in after
    assert making.who("liaison.caw-antwerpen") not in after


def test_who_is_not_invited_yet_is_marked(dossier):
    page = " ".join(
        making.text_of(cast.signed_in(making.MANAGER).get(making.url("add_action", dossier))).split()
    )

    assert f"{cast.member('liaison.clb-limburg').user.name} (nog niet uitgenodigd)" in page
    assert f"{cast.member(making.CAW).user.name} (nog niet uitgenodigd)" not in page


def test_partner_divides_no_actions(dossier):
    action = making.new_action(dossier)
    client = cast.signed_in(making.CAW)

    added = client.post(making.url("add_action", dossier), making.action_form())
    changed = client.post(
        making.url("edit_action", dossier, action.pk), making.action_form(version=1, what="Anders")
    )

    assert (added.status_code, changed.status_code) == (403, 403)
    assert Action.objects.get().what == "Gesprek met de school"


def test_partner_tells_how_its_own_action_goes_and_nothing_else(dossier):
    action = making.new_action(dossier, due_on=making.day(10))

    answer = making.progress(
        making.CAW,
        action,
        state="lopend",
        note="Eén gesprek gebeurd",
        what="Iets anders",
        due_on=making.day(99),
    )

    assert answer.status_code == 303
    changed = Action.objects.get()
    assert (changed.state, changed.note, changed.what) == (
        "lopend",
        "Eén gesprek gebeurd",
        "Gesprek met de school",
    )
    assert changed.due_on == action.due_on


@pytest.mark.parametrize("name", ["update_action", "accept_action"])
def test_partner_leaves_the_action_of_another_alone(dossier, name):
    action = making.new_action(dossier, holder=making.who(making.POLICE))
    client = cast.signed_in(making.CAW)

    answers = [
        client.get(making.url(name, dossier, action.pk)).status_code,
        client.post(making.url(name, dossier, action.pk), making.sent(version=1, state="lopend")).status_code,
    ]

    assert answers == [403, 403]
    assert Action.objects.get().state == "gepland"
    assert Event.objects.filter(action="refused", detail="action_of_others").count() == 2
    page = making.text_of(client.get(making.url("plan", dossier)))
    assert "Gesprek met de school" in page
    assert making.url("update_action", dossier, action.pk) not in page


@pytest.mark.parametrize("state", ["uitgevoerd", "kon_niet", "niet_uitgevoerd", "vervallen"])
def test_ended_action_needs_a_word(dossier, state):
    action = making.new_action(dossier)

    silent = making.progress(making.CAW, action, state=state, outcome="  ")
    told = making.progress(making.CAW, action, state=state, outcome="Zoals afgesproken.")

    assert (silent.status_code, told.status_code) == (422, 303)
    assert "#id_outcome" in making.text_of(silent)
    ended = Action.objects.get()
    assert (ended.state, ended.outcome, ended.ended_on) == (state, "Zoals afgesproken.", timezone.localdate())


def test_action_that_goes_on_again_forgets_its_end_but_its_history_does_not(dossier):
    action = making.new_action(dossier, due_on=making.day(3))
    making.progress(making.CAW, action, state="kon_niet", outcome="Niemand thuis.")

    making.progress(making.CAW, action, state="lopend", outcome="Niemand thuis.")

    again = Action.objects.get()
    assert (again.state, again.outcome, again.ended_on) == ("lopend", "", None)
    assert history(again)[0].state["outcome"] == "Niemand thuis."
    assert len(open_tasks(again)) == 1


def test_two_people_in_one_action_lose_nothing(dossier):
    action = making.new_action(dossier)
    making.progress(making.MANAGER, action, version=1, state="lopend", note="Van de regisseur")

    answer = making.progress(making.CAW, action, version=1, state="lopend", note="Van het CAW")

    assert answer.status_code == 409
    assert "Van de regisseur" in making.text_of(answer)
    assert "Van het CAW" in making.text_of(answer)
    assert Action.objects.get().note == "Van de regisseur"


def test_task_follows_the_action(dossier):
    action = making.new_action(dossier, due_on=making.day(3))
    caw, police = cast.member(making.CAW), cast.member(making.POLICE)
    due = action.due_on
    assert open_tasks(action) == [(TaskKind.ACTION, due, caw.user.login, caw.organisation.name)]

    later = making.action_form(version=1, due_on=making.day(9), holder=making.nobody_at(making.POLICE))
    cast.signed_in(making.MANAGER).post(making.url("edit_action", dossier, action.pk), later)
    moved = due + timedelta(days=6)
    assert open_tasks(action) == [(TaskKind.ACTION, moved, None, police.organisation.name)]

    making.progress(making.POLICE, action, state="uitgevoerd", outcome="Gebeurd.")
    assert open_tasks(action) == []

    making.progress(making.POLICE, action, state="lopend")
    assert len(open_tasks(action)) == 1

    undated = making.action_form(version=4, holder=making.nobody_at(making.POLICE))
    cast.signed_in(making.MANAGER).post(making.url("edit_action", dossier, action.pk), undated)
    assert Action.objects.get().due_on is None
    assert open_tasks(action) == []


def test_late_is_computed(dossier):
    making.new_action(dossier, what="Drie dagen", due_on=making.day(-3))
    making.new_action(dossier, what="Vandaag", due_on=making.day(0))
    ended = making.new_action(dossier, what="Gedaan", due_on=making.day(-9))
    making.progress(making.CAW, ended, state="uitgevoerd", outcome="Gedaan.")

    page = making.text_of(cast.signed_in(making.MANAGER).get(making.url("plan", dossier) + "?view=date"))

    assert "3 dagen te laat" in page
    assert page.count("dagen te laat") == 1
    assert [(row.title, row.late) for row in queries.open_actions(dossier)] == [
        ("Drie dagen", 3),
        ("Vandaag", 0),
    ]


# Accepting ------------------------------------------------------------------------------------------------


def accept(login: str, action: Action, version: int = 1):
    return cast.signed_in(login).post(
        making.url("accept_action", action.dossier, action.pk), making.sent(version=version)
    )


def test_holder_accepts_with_name_and_moment(dossier):
    action = making.new_action(dossier)
    before = making.text_of(cast.signed_in(making.CAW).get(making.url("plan", dossier)))

    answer = accept(making.CAW, action)

    assert answer.status_code == 303
    accepted = Action.objects.get()
    assert accepted.accepted_by == cast.actor(making.CAW).signature
    assert (timezone.now() - accepted.accepted_at).total_seconds() < 60
    assert making.url("accept_action", dossier, action.pk) in before
    page = making.text_of(cast.signed_in(making.CAW).get(making.url("plan", dossier)))
    assert making.url("accept_action", dossier, action.pk) not in page
    assert "aanvaard" in page


def test_accepting_twice_is_once(dossier):
    action = making.new_action(dossier)
    accept(making.CAW, action)
    first = Action.objects.get()

    answer = accept(making.CAW, action, version=2)

    assert answer.status_code == 302
    assert Action.objects.get().accepted_at == first.accepted_at
    assert Action.objects.get().version == first.version


def test_who_accepts_where_nobody_was_named_becomes_the_holder(dossier):
    action = making.new_action(dossier, holder=making.nobody_at(making.CAW), due_on=making.day(3))

    accept(making.CAW, action)

    caw = cast.member(making.CAW)
    assert Action.objects.get().holder_id == caw.user_id
    assert open_tasks(action)[0][2] == caw.user.login


def test_own_action_is_accepted_at_once(dossier):
    action = making.new_action(dossier, holder=making.who(making.MANAGER))

    assert action.accepted_by == cast.actor(making.MANAGER).signature


@pytest.mark.parametrize(
    ("change", "still"),
    [
        ({"what": "Iets anders"}, False),
        ({"due_on": "14/03/2031"}, False),
        ({"holder": making.POLICE}, False),
        ({"judicial_on": "14/03/2031"}, True),
        ({"investigates": "middelen"}, True),
    ],
)
def test_what_was_accepted_is_accepted_anew_when_it_changes(dossier, change, still):
    action = making.new_action(dossier)
    accept(making.CAW, action)
    if "holder" in change:
        change = {"holder": making.who(change["holder"])}

    answer = cast.signed_in(making.MANAGER).post(
        making.url("edit_action", dossier, action.pk), making.action_form(version=2, **change)
    )

    assert answer.status_code == 303
    assert (Action.objects.get().accepted_at is not None) is still


def test_accepting_a_changed_action_shows_it_first(dossier):
    action = making.new_action(dossier)
    cast.signed_in(making.MANAGER).post(
        making.url("edit_action", dossier, action.pk),
        making.action_form(version=1, what="Heel wat meer werk"),
    )

    answer = accept(making.CAW, action, version=1)

    assert answer.status_code == 409
    assert "Heel wat meer werk" in making.text_of(answer)
    assert Action.objects.get().accepted_at is None


def test_holder_who_left_stays_the_holder_when_something_else_changes(dossier):
    action = making.new_action(dossier)
    member = cast.member(making.CAW)
    member.valid_until = timezone.localdate() - timedelta(days=1)
    member.save()
    page = making.text_of(cast.signed_in(making.MANAGER).get(making.url("edit_action", dossier, action.pk)))

    answer = cast.signed_in(making.MANAGER).post(
        making.url("edit_action", dossier, action.pk),
        making.action_form(version=1, holder="held", what="Nieuw woord"),
    )

    assert 'value="held" selected' in page
    assert answer.status_code == 303
    changed = Action.objects.get()
    assert (changed.what, changed.holder_id) == ("Nieuw woord", member.user_id)


# For the case conference ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "why", "kept"),
    [
        ("uitgevoerd", "", "Bevestigd in het casusoverleg."),
        ("uitgevoerd", "Verslag ontvangen.", "Verslag ontvangen."),
        ("kon_niet", "Wachtlijst.", "Wachtlijst."),
        ("niet_uitgevoerd", "Vergeten.", "Vergeten."),
    ],
)
def test_conference_reviews_an_action(dossier, outcome, why, kept):
    action = making.new_action(dossier, due_on=making.day(1))

    actions.review_action(
        action=action, by=cast.actor(making.COORDINATOR), version=1, outcome=outcome, why=why
    )

    assert (Action.objects.get().state, Action.objects.get().outcome) == (outcome, kept)
    assert open_tasks(action) == []
    assert queries.open_actions(dossier) == []


@pytest.mark.parametrize(
    ("outcome", "why"), [("kon_niet", " "), ("niet_uitgevoerd", ""), ("vervallen", "x"), ("lopend", "x")]
)
def test_conference_says_only_what_can_be_said(dossier, outcome, why):
    action = making.new_action(dossier)

    with pytest.raises(ValueError, match=r".+"):
        actions.review_action(
            action=action, by=cast.actor(making.COORDINATOR), version=1, outcome=outcome, why=why
        )

    assert Action.objects.get().state == "gepland"


def test_yes_said_aloud_is_kept_with_who_wrote_it_down(dossier):
    action = making.new_action(dossier)

    actions.accept_action(
        action=action, by=cast.actor(making.COORDINATOR), version=1, aloud=cast.actor(making.CAW).signature
    )

    accepted = Action.objects.get()
    assert accepted.accepted_by == cast.actor(making.CAW).signature
    assert accepted.accepted_noted_by == cast.actor(making.COORDINATOR).signature
    assert "mondeling aanvaard" in making.text_of(
        cast.signed_in(making.MANAGER).get(making.url("plan", dossier))
    )


def test_open_actions_tell_the_agenda_what_it_needs(dossier):
    goal = making.new_goal(dossier)
    action = making.new_action(
        dossier, goal=str(goal.pk), holder=making.nobody_at(making.CAW), due_on=making.day(-1)
    )

    (row,) = queries.open_actions(dossier)

    caw = cast.member(making.CAW)
    assert row == queries.OpenAction(
        action.pk, 1, "Gesprek met de school", 1, caw.organisation_id, caw.organisation.name, None, "",
        action.due_on, 1, "gepland", False,
    )  # fmt: skip


def test_action_in_a_closed_dossier_stays_as_it_is(house):
    dossier = making.family_in()
    action = making.new_action(dossier)
    cast.at(dossier, Stage.CLOSED)
    give_mandate(
        dossier=dossier,
        holder=cast.member(making.CAW),
        ground=Ground.INVITED,
        by=cast.actor(making.COORDINATOR),
    )

    answer = making.progress(making.COORDINATOR, action, state="lopend", note="Te laat getypt")

    assert answer.status_code == 409
    assert "Te laat getypt" in making.text_of(answer)
    assert Action.objects.get().note == ""
