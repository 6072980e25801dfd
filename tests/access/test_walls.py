"""The second wall alone: what PostgreSQL still refuses when the application has forgotten to."""

import contextlib
import random
import sys
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import Q
from django.db.utils import ProgrammingError
from django.urls import reverse
from django.utils import timezone

from tests import cast, strangers
from wida.access.actions import block, end_all, give_mandate
from wida.access.models import ConflictBlock, Mandate
from wida.access.protection import protect
from wida.access.queries import known_to, open_for
from wida.access.rules import Ground
from wida.access.walls.identity import act_as, act_as_house, walled
from wida.access.walls.kinds import ACROSS, INFLOW, KEY, LISTED
from wida.access.walls.roles import APP, OWNER, WORKER
from wida.access.walls.tables import WALLS
from wida.accounts.models import Membership, Organisation, SafeHome
from wida.dossiers.codes import Stage, TaskKind
from wida.dossiers.models import Dossier, DossierKey, Task
from wida.people.models import Contact, Person, PersonToken
from wida.records.models import RecordQuerySet
from wida.records.sealing import keyring
from wida.referrals.codes import Route, WaitsFor
from wida.referrals.inflow import receive
from wida.referrals.models import Inflow
from wida.referrals.moves import offer
from wida.referrals.queue import inflow_of

WALLED = [name for name, wall in WALLS.items() if wall.see]
# The work list of a house shows what came in as far as the dossiers it came in for.
KNOWN_SHOWS = {wall.see for wall in (LISTED, ACROSS, INFLOW, KEY)}
ACROSS_DOSSIERS = {name for name, wall in WALLS.items() if wall.see in KNOWN_SHOWS}
COORDINATOR = "coordinator.limburg"


@pytest.fixture(scope="module")
def told_once(django_db_setup, django_db_blocker):
    """A rich dossier in Limburg, one in Antwerpen, with marks in their words; told once, each test undoes its own."""
    with django_db_blocker.unblock(), transaction.atomic(), keyring(trusted=True):
        cast.organisations()
        yield strangers.rich("Limburg", "l"), strangers.rich("Antwerpen", "a")
        transaction.set_rollback(True)


@pytest.fixture
def two(told_once, house):
    (limburg, _marks), (antwerpen, _others) = told_once
    limburg.refresh_from_db()
    antwerpen.refresh_from_db()
    return limburg, antwerpen


def ask(question: str, *values) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchall()


def rows() -> dict[str, int]:
    """How many rows of each walled table show."""
    return {table: ask(f"select count(*) from {table}")[0][0] for table in WALLED}


@contextlib.contextmanager
def asking(login: str):
    """Behind the wall, as somebody, with nothing opened yet."""
    with walled(), keyring():
        actor = cast.actor(login)
        act_as(actor)
        yield actor


@pytest.mark.parametrize("account", [APP, WORKER])
def test_without_a_name_nothing_shows(two, account):
    there = rows()
    assert len([table for table in WALLED if there[table]]) > 40

    with walled(account):
        assert {table: count for table, count in rows().items() if count} == {}


def test_a_dossier_shows_its_parts_once_it_was_opened(two):
    limburg, _antwerpen = two
    with asking(COORDINATOR) as actor:
        shut = rows()
        assert open_for(actor, limburg.number)
        opened = rows()
        of_others = {
            table: ask(f"select count(*) from {table} where dossier_id <> %s", limburg.pk)[0][0]
            for table in WALLED
            if "dossier_id" in columns(table)
        }

    parts = [table for table in WALLED if "dossier_id" in columns(table) and table not in ACROSS_DOSSIERS]
    assert {table for table in parts if shut[table]} == set()
    assert len([table for table in parts if opened[table]]) > 40
    assert {table: count for table, count in of_others.items() if count} == {}


def columns(table: str) -> set[str]:
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, table)}


@pytest.mark.parametrize("number", ["of_another_house", "of_nobody"])
def test_what_may_not_be_known_is_not_opened_by_asking_for_it(two, number):
    _limburg, antwerpen = two
    with asking(COORDINATOR) as actor:
        assert open_for(actor, antwerpen.number if number == "of_another_house" else "LIMB99999") is None
        assert not Contact.objects.exists()
        assert not Person.objects.filter(dossier_id=antwerpen.pk).exists()
        assert not DossierKey.objects.filter(dossier_id=antwerpen.pk).exists()


@pytest.mark.parametrize("account", [APP, WORKER])
def test_doors_asked_at_each_opening_tell_nothing_of_what_may_not_be_known(two, account):
    limburg, antwerpen = two
    tokens = {
        dossier.pk: [
            one for (one,) in ask("select token from people_persontoken where dossier_id = %s", dossier.pk)
        ]
        for dossier in two
    }
    doors = "select wida.knows(%s), cardinality(wida.shared_tokens(%s, %s)), wida.files_read(%s)"

    def told(dossier) -> tuple:
        return ask(doors, dossier.pk, dossier.pk, tokens[dossier.pk], dossier.pk)[0]

    with asking(COORDINATOR):
        assert told(limburg) == (True, len(tokens[limburg.pk]), 0)
        assert told(antwerpen) == (False, 0, 0)
    with walled(account):  # nobody
        assert told(limburg) == (False, 0, 0)
    assert min(map(len, tokens.values())) > 20


def test_the_two_walls_draw_the_same_line(house):
    """For every account of the cast, under mandates and blocks of every kind, drawn anew forty times; and so does the
    door that answers who looks alike.
    """
    chance = random.Random(2026)
    stages = list(Stage)
    dossiers = [
        cast.at(cast.new_dossier(by=by), chance.choice(stages))
        for by in (
            "liaison.caw-limburg",
            COORDINATOR,
            "referrer.hospital-limburg",
            "liaison.police-antwerpen",
        )
        for _again in range(2)
    ]
    for person in Person.objects.order_by("dossier_id").distinct("dossier_id"):
        PersonToken.objects.create(token=1, person=person, dossier_id=person.dossier_id)
    members = list(Membership.objects.current().select_related("user", "organisation__safe_home"))
    organisations = list(Organisation.objects.all())
    coordinator, today = cast.actor(COORDINATOR), timezone.localdate()
    differences, seen = [], 0
    for _round in range(40):
        dossier, member = chance.choice(dossiers), chance.choice(members)
        with transaction.atomic():
            match chance.randrange(5):
                case 0:
                    ground = chance.choice([Ground.ASSIGNED, Ground.INVITED, Ground.CLEARANCE])
                    mandate = give_mandate(dossier=dossier, holder=member, ground=ground, by=coordinator)
                    until = today + timedelta(days=chance.choice([-1, 0, 1]))
                    Mandate.objects.filter(pk=mandate.pk).update(since=today - timedelta(days=9), until=until)
                case 1:
                    end_all(dossier=dossier, by=coordinator, holder=member.user_id)
                case 2:
                    block(dossier=dossier, by=coordinator, why="Familie", user=member.user)
                case 3:
                    organisation = chance.choice(organisations)
                    block(dossier=dossier, by=coordinator, why="Belang", organisation=organisation)
                case 4:
                    ConflictBlock.objects.filter(dossier=dossier).update(withdrawn_at=timezone.now())
        for asker in members:
            allowed = set(known_to(asker.actor).values_list("id", flat=True))
            with walled():
                act_as(asker.actor)
                shown = {key for (key,) in ask("select id from dossiers_dossier")}
                alike = {key for (key,) in ask("select dossier from wida.alike('{1}', '{1}', null, 99)")}
            seen += len(shown)
            if shown != allowed or alike != allowed:
                differences.append((asker.user.login, shown ^ allowed, alike ^ allowed))

    assert differences == []
    assert seen > 1000


def test_what_came_in_shows_to_a_house_as_far_as_its_dossier_does(house):
    """Placed, returned, offered and unplaced, to every worker of the two houses, with a block on one of them."""
    author, coordinator = "liaison.caw-limburg", cast.actor(COORDINATOR)
    placed, returned, offered, shielded = (
        cast.at(cast.new_dossier(by=author), stage)
        for stage in (Stage.REFERRED, Stage.BUILDING, Stage.EXECUTION, Stage.REFERRED)
    )
    came_in(placed)
    came_in(returned, waits_for=WaitsFor.COMPLETION)
    came_in(shielded)
    protect(dossier=shielded, why="Collega", by=coordinator)
    intake = came_in(None)
    antwerpen = cast.actor("coordinator.antwerpen")
    moved = offer(dossier=offered, to_home=house_of(antwerpen), reason="Verhuisd", by=coordinator).inflow
    kept_out = {"administrative.limburg": (placed, returned), "coordinator.antwerpen": (offered,)}
    for login, dossiers in kept_out.items():
        for dossier in dossiers:
            block(dossier=dossier, by=cast.actor(author), why="Broer", user=cast.member(login).user)

    receipts = {
        row.dossier_id: row.receipt for row in Inflow.objects.filter(dossier__in=[placed, returned, shielded])
    }
    ours = [*receipts.values(), intake.receipt, moved.receipt]
    shown, moves = {}, {}
    for login in (COORDINATOR, "administrative.limburg", "coordinator.antwerpen", "administrative.antwerpen"):
        actor = cast.actor(login)
        allowed = set(inflow_of(actor).filter(receipt__in=ours).values_list("receipt", flat=True))
        with walled(), keyring():
            act_as(actor)
            rows = ask(
                "select i.receipt, (select count(*) from referrals_inflowstep s where s.inflow_id = i.id)"
                " from referrals_inflow i where safe_home_id = %s and receipt = any (%s)", actor.house_id, ours
            )  # fmt: skip
            moves[login] = ask("select count(*) from referrals_move where dossier_id = %s", offered.pk)[0][0]
        shown[login] = {receipt for receipt, _steps in rows}
        assert (shown[login], {steps for _receipt, steps in rows} - {1}) == (allowed, set()), login

    assert shown == {
        COORDINATOR: {*receipts.values(), intake.receipt},
        "administrative.limburg": {intake.receipt},
        "coordinator.antwerpen": set(),
        "administrative.antwerpen": {moved.receipt},
    }
    assert moves == dict.fromkeys(shown, 1) | {"coordinator.antwerpen": 0}


def came_in(dossier, **more) -> Inflow:
    organisation = cast.member("liaison.caw-limburg").organisation
    home = house_of(cast.actor(COORDINATOR))
    return receive(
        safe_home=home, route=Route.CORE_PARTNER, sender=organisation, signature="CAW", due=timezone.localdate(),
        dossier=dossier, **more,
    )  # fmt: skip


def house_of(actor) -> SafeHome:
    return SafeHome.objects.get(pk=actor.house_id)


FORGETFUL = ("known_to", "blocked", "may_read")


@pytest.fixture
def forgetful(monkeypatch):
    """An application that filters nothing: not by house or mandate, not by block, not even by dossier."""
    for name, module in list(sys.modules.items()):
        if name.startswith("wida."):
            for forgotten in FORGETFUL:
                if hasattr(module, forgotten):
                    monkeypatch.setattr(module, forgotten, globals()[f"{forgotten}_forgotten"])
    monkeypatch.setattr(RecordQuerySet, "of", lambda self, dossier: self.filter(withdrawn_at=None))


def known_to_forgotten(actor, dossiers=None, *, one=False):
    return Dossier.objects.all() if dossiers is None else dossiers


def blocked_forgotten(actor):
    return Q(pk__in=[])


def may_read_forgotten(actor, part):
    return ~Q(pk__in=[])


@pytest.mark.parametrize(
    "login",
    [
        "coordinator.antwerpen",
        "liaison.clb-limburg",
        "referrer.hospital-limburg",
        "central.team",
        "auditor.team",
        "blocked",
    ],
)
def test_a_stranger_gets_nothing_from_an_application_that_forgot_to_filter(two, forgetful, login):
    limburg, _antwerpen = two
    if login == "blocked":
        login = COORDINATOR
        block(
            dossier=limburg,
            by=cast.actor("administrative.limburg"),
            why="Familie",
            user=cast.member(login).user,
        )
    client = cast.signed_in(login)
    lists = [reverse(name) for name in ("dossiers:list", "dossiers:tasks", "house_meetings:meetings")]
    lists += [f"{lists[0]}?view={view}" for view in ("mine", "house", "closed")]
    answers = [client.get(address) for address in lists]
    answers += [
        client.post(reverse("dossiers:search"), {"q": words})
        for words in (limburg.number, *limburg.family_name.split()[:-1])  # the last is a mark
    ]
    inside = [address for name, address in strangers.addresses(limburg) if name != "dossiers:step"]
    statuses = {client.get(address).status_code for address in inside}

    told = [strangers.marks_in(answer) for answer in answers]
    assert {mark for marks in told for mark in marks if mark.startswith("zql")} == set()
    assert [answer.status_code for answer in answers if limburg.number in answer.content.decode()] in (
        [],
        [200],
    )
    assert limburg.number not in "".join(answer.content.decode() for answer in answers[:6])
    assert statuses <= {404, 405}


def test_a_page_of_one_dossier_shows_no_row_of_another_the_reader_also_knows(two, forgetful):
    """The filter on the dossier itself forgotten, by a coordinator who may open both."""
    _limburg, _antwerpen = two
    other = cast.at(cast.new_dossier(family_name="Cuyvelde"), Stage.EXECUTION)
    client = cast.signed_in(COORDINATOR)

    for address in (
        "sharing:sharing",
        "situation:situation",
        "plans:plan",
        "closure:closure",
        "access:access",
    ):
        answer = client.get(reverse(address, args=[other.number]))
        assert answer.status_code == 200
        assert strangers.marks_in(answer) == set()


def test_nobody_writes_in_a_dossier_they_did_not_open(two):
    limburg, antwerpen = two
    with asking(COORDINATOR) as actor:
        assert open_for(actor, limburg.number)
        person = Person.objects.filter(dossier_id=limburg.pk).first()
        assert Person.objects.filter(dossier_id=antwerpen.pk).update(sex="x") == 0
        assert Task.objects.filter(dossier_id=antwerpen.pk).update(done_by="x") == 0
        for values in ({"dossier_id": antwerpen.pk}, {"id": antwerpen.pk, "dossier_id": antwerpen.pk}):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                Person.objects.filter(pk=person.pk).update(**values)


def test_nobody_writes_the_trail_in_the_name_of_another(two):
    add = 'insert into audit_event (id, at, action, signature, role, part, "table", detail, "user")'
    values = "values (gen_random_uuid(), now(), 'read', '', '', '', '', '', %s)"
    with (
        asking(COORDINATOR),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        connection.cursor().execute(f"{add} {values}", [cast.member("casemanager.limburg").user_id])


def test_a_look_that_was_refused_names_the_dossier_that_was_sought(two):
    limburg, _antwerpen = two
    client = cast.signed_in("coordinator.antwerpen")

    assert client.get(reverse("dossiers:overview", args=[limburg.number])).status_code == 404

    assert ask(
        "select action, detail from audit_event where dossier = %s order by at desc limit 1", limburg.pk
    ) == [("refused", "stranger")]


def test_the_house_itself_reads_codes_of_all_and_words_of_the_dossier_it_opened(two):
    limburg, antwerpen = two
    with walled(WORKER):
        act_as_house(limburg.pk)
        assert set(ask("select id from dossiers_dossier")) >= {(limburg.pk,), (antwerpen.pk,)}
        assert Task.objects.filter(dossier_id=antwerpen.pk, kind=TaskKind.ACTION).exists()
        assert set(DossierKey.objects.values_list("dossier_id", flat=True)) == {limburg.pk}
        assert set(Contact.objects.values_list("dossier_id", flat=True)) == {limburg.pk}


def test_to_a_request_saying_that_one_is_the_house_means_nothing(two):
    with walled(APP):
        act_as_house(None)
        assert ask("select count(*) from dossiers_dossier") == [(0,)]


def test_a_migration_that_changes_rows_finds_them_and_a_plain_session_of_the_owner_does_not(two):
    limburg, _antwerpen = two
    with walled(OWNER):
        connection.cursor().execute("update people_person set sex = sex")
        assert ask("select count(*) from people_person") == [(0,)]
        ask("select set_config('wida.migrating', 'on', true)")
        assert Person.objects.filter(dossier_id=limburg.pk).update(sex="x") > 0


def test_an_answer_leaves_nobody_behind_on_the_connection(two):
    """The next request on the same connection starts as nobody, whatever became of this one."""
    limburg, _antwerpen = two
    page = reverse("dossiers:overview", args=[limburg.number])
    assert cast.signed_in(COORDINATOR).get(page).status_code == 200
    said = ("actor", "organisation", "role", "house", "opened")
    assert {ask(f"select current_setting('wida.{name}', true)")[0][0] for name in said} <= {"", None}
    assert ask("select current_user")[0][0] not in (APP, WORKER)

    assert cast.signed_in("coordinator.antwerpen").get(page).status_code == 404
