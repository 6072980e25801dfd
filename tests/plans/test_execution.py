"""The tab Uitvoering: what is late, the log, dates, the case manager, signals to policy."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import cast
from tests.plans import making
from wida.access.models import Mandate
from wida.dossiers import tasks
from wida.dossiers.codes import Stage, TaskKind
from wida.dossiers.models import Dossier, Task
from wida.plans.models import Action, Bottleneck, LogEntry, PolicySignal
from wida.records.queries import history

OWN_STATEMENTS = 8


@pytest.fixture
def dossier(house):
    return making.family_in()


def read(dossier, login: str = making.MANAGER, ask: str = "") -> str:
    answer = cast.signed_in(login).get(making.url("execution", dossier) + ask)
    assert answer.status_code == 200
    return making.text_of(answer)


def entry(dossier, login: str = making.CAW, **fields):
    form = making.sent(
        **{
            "kind": "contact",
            "way": "telefoon",
            "on": making.day(),
            "with_whom": "Kelly",
            "text": "Ze slaapt beter.",
            **fields,
        }
    )
    return cast.signed_in(login).post(making.url("add_entry", dossier), form)


# The log --------------------------------------------------------------------------------------------------


def test_entry_keeps_what_was_told_and_who_told_it(dossier):
    answer = entry(dossier, on=making.day(-2), text="Ze slaapt **beter**.")

    assert answer.status_code == 303
    kept = LogEntry.objects.get()
    assert (kept.kind, kept.way, kept.with_whom, kept.text) == (
        "contact",
        "telefoon",
        "Kelly",
        "Ze slaapt **beter**.",
    )
    assert kept.on == timezone.localdate() - timedelta(days=2)
    page = read(dossier, making.POLICE)
    assert "<strong>beter</strong>" in page
    assert cast.actor(making.CAW).signature in page


@pytest.mark.parametrize(
    ("wrong", "anchor"),
    [
        ({"text": " "}, "id_text"),
        ({"on": making.day(1)}, "id_on"),
        ({"on": ""}, "id_on"),
        ({"kind": "x"}, "id_kind_0"),
        ({"way": ""}, "id_way_0"),
    ],
)
def test_entry_is_refused(dossier, wrong, anchor):
    answer = entry(dossier, **{"with_whom": "Getypte naam", **wrong})

    assert answer.status_code == 422
    assert f"#{anchor}" in making.text_of(answer)
    assert "Getypte naam" in making.text_of(answer)
    assert LogEntry.objects.count() == 0


@pytest.mark.parametrize("kind", ["verslag", "bijsturing", "andere"])
def test_only_a_contact_has_a_way(dossier, kind):
    entry(dossier, kind=kind, way="telefoon")

    assert LogEntry.objects.get().way == ""


@pytest.mark.parametrize(
    ("login", "status"),
    [
        (making.COORDINATOR, 303),
        (making.MANAGER, 303),
        (making.POLICE, 303),
        ("administrative.limburg", 403),
        ("coordinator.antwerpen", 404),
        ("liaison.clb-limburg", 404),
    ],
)
def test_who_writes_in_the_log(dossier, login, status):
    assert entry(dossier, login).status_code == status
    assert LogEntry.objects.count() == (status == 303)


def test_entry_is_changed_by_its_own_organisation_alone(dossier):
    entry(dossier)
    kept = LogEntry.objects.get()
    address = making.url("edit_entry", dossier, kept.pk)
    form = making.sent(
        version=1, kind="verslag", way="", on=making.day(-1), with_whom="", text="Juister verwoord."
    )

    others = [
        cast.signed_in(login).post(address, form).status_code for login in (making.POLICE, making.COORDINATOR)
    ]
    own = cast.signed_in(making.CAW).post(address, form)

    assert others == [403, 403]
    assert own.status_code == 303
    changed = LogEntry.objects.get()
    assert (changed.kind, changed.text, changed.version) == ("verslag", "Juister verwoord.", 2)
    assert history(changed)[0].state["text"] == "Ze slaapt beter."
    assert address in read(dossier, making.CAW)
    assert address not in read(dossier, making.POLICE)


def test_two_people_in_one_entry_lose_nothing(dossier):
    entry(dossier)
    address = making.url("edit_entry", dossier, LogEntry.objects.get().pk)
    form = {"version": 1, "kind": "verslag", "on": making.day()}
    client = cast.signed_in(making.CAW)
    client.post(address, making.sent(**form, text="Eerste verbetering"))

    answer = client.post(address, making.sent(**form, text="Tweede verbetering"))

    assert answer.status_code == 409
    assert "Eerste verbetering" in making.text_of(answer)
    assert "Tweede verbetering" in making.text_of(answer)


def test_same_entry_sent_twice_is_one(dossier):
    form = making.sent(kind="verslag", on=making.day(), text="Eén keer")
    client = cast.signed_in(making.CAW)

    for _ in range(2):
        assert client.post(making.url("add_entry", dossier), form).status_code == 303

    assert LogEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("ask", "seen"),
    [
        ("", ["Bellen", "Verslag CAW", "Verslag politie"]),
        ("?kind=verslag", ["Verslag CAW", "Verslag politie"]),
        ("?organisation={police}", ["Verslag politie"]),
        ("?kind=contact&organisation={police}", []),
        ("?kind=onzin&organisation=onzin&page=onzin", ["Bellen", "Verslag CAW", "Verslag politie"]),
    ],
)
def test_log_is_filtered_by_kind_and_organisation(dossier, ask, seen):
    entry(dossier, text="Bellen")
    entry(dossier, kind="verslag", text="Verslag CAW")
    entry(dossier, making.POLICE, kind="verslag", text="Verslag politie")

    page = read(dossier, ask=ask.format(police=cast.actor(making.POLICE).organisation_id))

    assert [text for text in ("Bellen", "Verslag CAW", "Verslag politie") if text in page] == seen


def test_long_log_is_read_page_by_page_newest_first(dossier):
    for number in range(23):
        entry(dossier, kind="verslag", on=making.day(-number), text=f"Notitie {number:02}.")

    first, second = read(dossier), read(dossier, ask="?page=2")
    beyond = read(dossier, ask="?page=99")

    assert [n for n in range(23) if f"Notitie {n:02}." in first] == list(range(20))
    assert [n for n in range(23) if f"Notitie {n:02}." in second] == [20, 21, 22]
    assert [n for n in range(23) if f"Notitie {n:02}." in beyond] == [20, 21, 22]
    assert "Pagina 1 van 2" in first


# What is late, and when to look again ---------------------------------------------------------------------


def test_what_is_late_stands_on_top(dossier):
    making.new_action(dossier, what="Actie op tijd", due_on=making.day(4))
    making.new_action(dossier, what="Actie te laat", due_on=making.day(-4))
    tasks.plan(
        dossier,
        kind=TaskKind.LANE_ANSWER,
        due=timezone.localdate() - timedelta(days=1),
        source=dossier.pk,
        by=cast.actor(making.COORDINATOR),
        organisation=cast.actor(making.POLICE).organisation_id,
    )

    page = read(dossier)

    box = page[page.index('id="overdue"') : page.index('id="progress"')]
    assert "Actie te laat" in box
    assert "4 dagen te laat" in box
    assert "Politie Limburg" in box
    assert "Actie op tijd" not in box
    table = page[page.index('id="progress"') : page.index('id="dates"')]
    assert table.index("Actie te laat") < table.index("Actie op tijd")


def test_dates_of_reassessment_are_named(dossier):
    making.new_goal(dossier)
    making.post(
        making.COORDINATOR, "record_plan", dossier, recorded_on=making.day(), review_on="14/03/2031", note=""
    )
    tasks.plan(
        dossier,
        kind=TaskKind.REASSESS,
        due=timezone.localdate() + timedelta(days=30),
        source=dossier.pk,
        by=cast.actor(making.COORDINATOR),
        role="coordinator",
    )

    page = read(dossier)

    dates = page[page.index('id="dates"') : page.index('id="log"')]
    assert "14/03/2031" in dates
    assert making.day(30) in dates
    assert cast.member(making.MANAGER).user.name in dates


def test_nothing_late_is_told(dossier):
    assert "In dit dossier is niets te laat." in read(dossier)


# The case manager -----------------------------------------------------------------------------------------


def hand_over(dossier, login: str = making.COORDINATOR, **fields):
    form = making.sent(
        **{
            "member": str(cast.member("casemanager2.limburg").pk),
            "why": "Ziekte.",
            "actions_too": "on",
            **fields,
        }
    )
    return cast.signed_in(login).post(making.url("assign_case_manager", dossier), form)


def test_coordinator_assigns_another_case_manager(dossier):
    making.new_goal(dossier)
    making.post(making.COORDINATOR, "record_plan", dossier, recorded_on=making.day(), review_on=making.day(9))

    answer = hand_over(dossier)

    assert answer.status_code == 303
    new = cast.member("casemanager2.limburg")
    assert Dossier.objects.get(pk=dossier.pk).case_manager_id == new.user_id
    assert Task.objects.get(kind=TaskKind.REVIEW_PLAN, done_at=None).user_id == new.user_id
    page = read(dossier, "casemanager2.limburg")
    history = page[page.index('id="case-manager"') :]
    assert new.user.name in history
    assert cast.member(making.MANAGER).user.name in history
    assert "Ziekte." in history
    assert cast.signed_in(making.MANAGER).get(making.url("execution", dossier)).status_code == 404
    assert Mandate.objects.active().filter(dossier=dossier, ground="toegewezen").count() == 1


@pytest.mark.parametrize(("tick", "moved"), [("on", True), ("", False)])
def test_open_actions_go_along_when_asked(dossier, tick, moved):
    making.new_action(dossier, holder=making.who(making.MANAGER), due_on=making.day(3))
    making.new_action(dossier, holder=making.who(making.CAW))

    hand_over(dossier, actions_too=tick)

    old, new = cast.member(making.MANAGER).user_id, cast.member("casemanager2.limburg").user_id
    caw = cast.member(making.CAW).user_id
    assert set(Action.objects.values_list("holder_id", flat=True)) == {new if moved else old, caw}
    assert Task.objects.get(kind=TaskKind.ACTION).user_id == (new if moved else old)


@pytest.mark.parametrize(
    "wrong", [{"member": ""}, {"why": " "}, {"member": "0190a5f0-0000-7000-8000-000000000000"}]
)
def test_assigning_is_refused(dossier, wrong):
    assert hand_over(dossier, **wrong).status_code == 422
    assert Dossier.objects.get(pk=dossier.pk).case_manager_id == cast.member(making.MANAGER).user_id


@pytest.mark.parametrize("member", [making.CAW, "casemanager.antwerpen", making.COORDINATOR, making.MANAGER])
def test_only_another_case_manager_of_the_house_can_be_chosen(dossier, member):
    assert hand_over(dossier, member=str(cast.member(member).pk)).status_code == 422


@pytest.mark.parametrize(
    ("login", "status"), [(making.MANAGER, 403), (making.CAW, 403), ("coordinator.antwerpen", 404)]
)
def test_others_assign_nobody(dossier, login, status):
    assert hand_over(dossier, login).status_code == status


# Signals to policy ----------------------------------------------------------------------------------------


def pass_on(dossier, text: str, login: str = making.MANAGER):
    form = making.sent(theme="wachttijd", text=text)
    return cast.signed_in(login).post(making.url("add_signal", dossier), form)


def test_signal_reaches_policy_without_a_way_back(dossier):
    text = "Spelbegeleiding voor jonge kinderen heeft een wachttijd van vier maanden, tot 14/11/2030."

    answer = pass_on(dossier, text)

    assert answer.status_code == 303
    signal, bottleneck = PolicySignal.objects.get(), Bottleneck.objects.get()
    assert (signal.theme, signal.text, signal.safe_home_id) == ("wachttijd", text, dossier.safe_home_id)
    assert signal.month == timezone.localdate().replace(day=1)
    assert {field.name for field in PolicySignal._meta.get_fields()} == {
        "id",
        "safe_home",
        "theme",
        "text",
        "month",
    }
    assert signal.id.version == 4  # an id of version 7 would tell the moment
    assert (bottleneck.dossier_id, bottleneck.text) == (dossier.pk, text)
    assert text in read(dossier, making.POLICE)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kelly wacht al maanden.", "Kelly"),
        ("kelly's wachttijd", "kelly"),
        ("Het gezin BOSTEELS wacht.", "BOSTEELS"),
        ("Bel 0470 12 34 56 voor meer.", "0470 12 34 56"),
        ("Nummer 85.07.30-000.00 kreeg geen plaats.", "85.07.30-000.00"),
        ("Zie dossier LIMB10001.", "LIMB10001"),
        ("Zie dossier antw 10023.", "antw 10023"),
        ("Mail naar iemand@example.org.", "iemand@example.org."),
    ],
)
def test_signal_with_something_that_leads_to_the_family_is_refused_and_named(dossier, text, found):
    answer = pass_on(dossier, f"Een knelpunt dat bewaard blijft. {text}")

    assert answer.status_code == 422
    page = making.text_of(answer)
    assert f"Haal weg wat naar het gezin kan leiden: “{found.replace(chr(39), '&#39;')}”" in page
    assert "Een knelpunt dat bewaard blijft." in page
    assert PolicySignal.objects.count() == 0
    assert Bottleneck.objects.count() == 0


@pytest.mark.parametrize(
    ("login", "status"),
    [(making.POLICE, 303), ("administrative.limburg", 403), ("coordinator.antwerpen", 404)],
)
def test_who_passes_on(dossier, login, status):
    assert pass_on(dossier, "Er is te weinig opvang.", login).status_code == status
    assert PolicySignal.objects.count() == (status == 303)


def test_same_signal_sent_twice_is_one(dossier):
    form = making.sent(theme="huisvesting", text="Er is te weinig opvang.")
    client = cast.signed_in(making.MANAGER)

    for _ in range(2):
        client.post(making.url("add_signal", dossier), form)

    assert PolicySignal.objects.count() == Bottleneck.objects.count() == 1


# What it costs, and who may write -------------------------------------------------------------------------


def statements(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len([q for q in asked.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))])


def test_sixty_rows_cost_no_more_statements_than_one(dossier):
    making.new_action(dossier, due_on=making.day(-1))
    entry(dossier)
    pass_on(dossier, "Er is te weinig opvang.")
    client = cast.signed_in(making.MANAGER)
    frame = statements(client, making.url("extract", dossier, making.person(dossier, "Kelly"))) - 4
    few = statements(client, making.url("execution", dossier))
    for number in range(59):
        making.new_action(dossier, what=f"Actie {number}", due_on=making.day(number - 30))
        entry(dossier, making.POLICE if number % 2 else making.CAW)
    for _ in range(4):
        pass_on(dossier, "Er is te weinig opvang.")

    many = statements(client, making.url("execution", dossier))

    assert Action.objects.count() == LogEntry.objects.count() == 60
    assert many == few
    assert few - frame <= OWN_STATEMENTS


def test_reader_sees_no_button(dossier):
    page = read(dossier, "administrative.limburg")

    for name in ("add_entry", "add_signal", "assign_case_manager"):
        assert making.url(name, dossier) not in page


def test_closed_dossier_gives_back_what_was_typed(house):
    dossier = making.family_in(Stage.CLOSED)

    answer = entry(dossier, making.COORDINATOR, text="Te laat getypt")

    assert answer.status_code == 409
    assert "Te laat getypt" in making.text_of(answer)
    assert LogEntry.objects.count() == 0
