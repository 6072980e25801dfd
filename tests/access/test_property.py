"""Whatever happens in whatever order: nobody reads or writes without a ground that holds at that very request.

Played at random by hypothesis: mandates, blocks, emergencies, memberships, phases and extra protection, with a model
of who may kept beside it. A form that was opened while somebody might is sent when they may no longer.
"""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests import cast
from wida.access import protection
from wida.access.actions import block, end_lapsed, end_mandate, give_mandate, lift_block
from wida.access.emergency import break_glass
from wida.access.models import ConflictBlock, Mandate
from wida.access.rules import Ground, Part, Right, rights
from wida.accounts.models import Membership
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier

GROUNDS = {
    "coordinator.limburg": Ground.CIRCLE,
    "administrative.limburg": Ground.CIRCLE,
    "casemanager.limburg": Ground.ASSIGNED,
    "psychologist.limburg": Ground.ASSIGNED,
    "liaison.ggz-limburg": Ground.INVITED,
    "liaison.caw-antwerpen": Ground.INVITED,
    "coordinator.antwerpen": Ground.EMERGENCY,
}
STAFF = {"coordinator.limburg", "administrative.limburg"}
KEEPER = "coordinator.oost-brabant"  # only acts: stands outside everything that happens here
LONG_AGO = timezone.localdate() - timedelta(days=400)
who = st.sampled_from(sorted(GROUNDS))


class Access(RuleBasedStateMachine):
    @initialize()
    def a_dossier(self):
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.dossier = cast.at(cast.new_dossier(by="liaison.ocj-limburg"), Stage.REFERRED)
        Mandate.objects.filter(dossier=self.dossier).exclude(ground=Ground.AUTHOR).delete()
        self.by = cast.actor(KEEPER)
        self.clients = {login: cast.signed_in(login) for login in GROUNDS}
        self.mandated, self.user_blocked, self.organisation_blocked = set(), set(), set()
        self.gone, self.form_open, self.extra = set(), set(), False

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def expected(self, login: str, part: Part, right: Right) -> bool:
        """The model: who may, told another way than the code does."""
        member = cast.member(login)
        kept_out = login in self.user_blocked or member.organisation.name in self.organisation_blocked
        if login in self.gone or kept_out:
            return False
        grounds = {GROUNDS[login]} if login in self.mandated else set()
        if login in STAFF and (grounds or not self.extra):
            grounds.add(Ground.HOUSE)
        return (part, right) in rights(member.role, frozenset(grounds), self.dossier.stage)

    @rule(login=who)
    def given(self, login):
        if login in self.gone or login in self.mandated:
            return
        if GROUNDS[login] == Ground.EMERGENCY:
            kept_out = (
                login in self.user_blocked
                or cast.member(login).organisation.name in self.organisation_blocked
            )
            made = break_glass(number=self.dossier.number, reason="Nood", by=cast.actor(login))
            assert (made is None) == kept_out
            if kept_out:
                return
        else:
            give_mandate(dossier=self.dossier, holder=cast.member(login), ground=GROUNDS[login], by=self.by)
        self.mandated.add(login)

    @rule(login=who, how=st.sampled_from(["ended", "ran out", "withdrawn"]))
    def taken(self, login, how):
        for mandate in Mandate.objects.active().filter(dossier=self.dossier, holder__login=login):
            if how == "ran out" and mandate.expires_at:
                Mandate.objects.filter(pk=mandate.pk).update(expires_at=timezone.now())
            elif how == "ran out":
                yesterday = timezone.localdate() - timedelta(days=1)
                Mandate.objects.filter(pk=mandate.pk).update(since=LONG_AGO, until=yesterday)
            elif how == "withdrawn":
                Mandate.objects.filter(pk=mandate.pk).update(withdrawn_at=timezone.now())
            else:
                end_mandate(mandate=mandate, by=self.by, version=mandate.version, why="")
        self.mandated.discard(login)

    @rule(login=who, whole=st.booleans())
    def kept_out(self, login, whole):
        member = cast.member(login)
        if whole:
            block(dossier=self.dossier, by=self.by, why="Familie", organisation=member.organisation)
            self.organisation_blocked.add(member.organisation.name)
        else:
            block(dossier=self.dossier, by=self.by, why="Familie", user=member.user)
            self.user_blocked.add(login)

    @rule()
    def let_in_again(self):
        for row in ConflictBlock.objects.of(self.dossier):
            lift_block(block=row, by=self.by, version=row.version, why="Vergissing")
        self.user_blocked, self.organisation_blocked = set(), set()

    @rule(login=who)
    def leaves(self, login):
        yesterday = timezone.localdate() - timedelta(days=1)
        Membership.objects.filter(user__login=login).update(valid_until=yesterday)
        self.gone.add(login)

    @precondition(lambda self: self.gone)
    @rule(night=st.booleans())
    def comes_back(self, night):
        """After the nightly job whoever left finds no mandate any more."""
        if night:
            end_lapsed()
            self.mandated -= self.gone
        Membership.objects.filter(user__login__in=self.gone).update(valid_until=None)
        self.gone = set()

    @rule(stage=st.sampled_from([Stage.REFERRED, Stage.FORMING, Stage.EXECUTION, Stage.CLOSED]))
    def moves_on(self, stage):
        now, closed = timezone.now(), stage == Stage.CLOSED
        Dossier.objects.filter(pk=self.dossier.pk).update(
            stage=stage,
            opened_at=now,
            closed_at=now if closed else None,
            closure_reason="doelen_bereikt" if closed else "",
            retain_until=timezone.localdate() if closed else None,
        )
        self.dossier.refresh_from_db()

    @rule(on=st.booleans())
    def extra_protected(self, on):
        """`protect` would give its maker a mandate; here nobody of the house makes it."""
        if on and not self.extra:
            protection.protect(dossier=self.dossier, why="Bekend gezin", by=self.by)
            Mandate.objects.filter(dossier=self.dossier, holder__login=KEEPER).delete()
        elif not on:
            protection.unprotect(dossier=self.dossier, why="Niet meer nodig", by=self.by)
        self.extra = on

    @rule(login=who)
    def looks(self, login):
        page = self.clients[login].get(reverse("people:people", args=[self.dossier.number]))
        may = self.expected(login, Part.PEOPLE, Right.READ)
        assert (page.status_code == 200) == may, (login, page.status_code, may)
        assert ("Kelly Bosteels" in page.content.decode()) == may

    @rule(login=who)
    def opens_a_form(self, login):
        form = self.clients[login].get(reverse("people:add_person", args=[self.dossier.number]))
        if form.status_code == 200:
            self.form_open.add(login)

    @precondition(lambda self: self.form_open)
    @rule(data=st.data())
    def sends_it(self, data):
        login = data.draw(st.sampled_from(sorted(self.form_open)))
        self.form_open.discard(login)
        sent = {"group": "andere", "given_name": "Rita", "family_name": "Claesse", "sex": "vrouw"}
        answer = self.clients[login].post(
            reverse("people:add_person", args=[self.dossier.number]), sent | {"save_anyway": "on"}
        )
        saved = answer.status_code == 303
        assert saved == self.expected(login, Part.PEOPLE, Right.WRITE), (login, answer.status_code)


def test_nobody_reads_or_writes_without_a_ground_that_holds_now(house):
    run_state_machine_as_test(
        Access,
        settings=settings(
            max_examples=20,
            stateful_step_count=30,
            derandomize=True,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
