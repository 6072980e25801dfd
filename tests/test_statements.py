"""How many statements a page costs: fourteen for a tab, eight for a list, and no more for thirty rows than for one.

And what a form costs that is sent: seven to start a dossier, eleven or twelve to answer in a lane.
"""

import random
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.full import fill
from wida.accounts.models import SafeHome
from wida.demo.families import House, tell
from wida.dossiers.codes import Stage
from wida.dossiers.frame import TABS
from wida.dossiers.models import Dossier
from wida.sharing.actions import ask
from wida.sharing.models import Contribution

PAGES = [(name, name) for _part, _label, name in TABS] + [
    ("dossiers:overview", "dossiers:overview"),
    ("audit:looks", "audit:looks"),
]
BRACKETS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


def statements(client, address: str) -> list[str]:
    """What the database was asked for one page, the second time it is opened."""
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return [query["sql"] for query in captured if not query["sql"].startswith(BRACKETS)]


@pytest.fixture
def small_and_full(house):
    """Two dossiers in execution: one with a few of each, one as `tests.full` fills it."""
    small = tell(House("Limburg"), Stage.EXECUTION, random.Random(3), 1)
    full = tell(House("Limburg"), Stage.EXECUTION, random.Random(3), 2)
    fill(full, House("Limburg"))
    return small, full


def test_a_tab_costs_the_same_for_a_full_dossier(small_and_full):
    small, full = small_and_full
    client = cast.signed_in("coordinator.limburg")

    over, differs = [], []
    for name, address in PAGES:
        few = statements(client, reverse(address, args=[small.number]))
        many = statements(client, reverse(address, args=[full.number]))
        if len(many) > 14:
            over.append((name, len(many), many))
        if len(few) != len(many):
            differs.append((name, len(few), len(many)))

    assert over == []
    assert differs == []


@pytest.mark.parametrize("login", ["coordinator.limburg", "casemanager.limburg", "liaison.caw-limburg"])
def test_a_list_costs_the_same_for_thirty_dossiers(house, login):
    client = cast.signed_in(login)
    lists = [reverse("dossiers:list"), reverse("dossiers:tasks"), reverse("house_meetings:meetings")]
    for _dossier in range(1):
        cast.at(cast.new_dossier(), Stage.EXECUTION)
    few = [statements(client, address) for address in lists]
    for _dossier in range(30):
        cast.at(cast.new_dossier(), Stage.EXECUTION)
    many = [statements(client, address) for address in lists]

    assert Dossier.objects.count() == 31
    assert [len(one) for one in few] == [len(one) for one in many]
    assert [(address, many_) for address, many_ in zip(lists, many, strict=True) if len(many_) > 8] == []


def sent(client, address: str, **typed) -> list[str]:
    """What the database was asked to save a form, with the savepoints; the whole in one transaction."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(address, {**typed, "form_key": str(uuid4())})
    assert answer.status_code == 303, answer.content.decode()
    return [query["sql"] for query in captured]


def test_starting_a_dossier_costs_seven_statements_and_no_savepoint(house):
    client = cast.signed_in("liaison.caw-limburg")
    home = str(SafeHome.objects.get(name="Limburg").pk)
    asked = sent(client, reverse("dossiers:start"), name="Aerdman", safe_home=home, police_zone="")

    # The request's own transaction is a savepoint inside that of a test.
    assert [sql for sql in asked if sql.startswith(BRACKETS)] == [asked[1], asked[-1]]
    assert len(asked) - 2 <= 7, asked


def test_answering_in_a_lane_costs_as_much_the_tenth_time(house):
    dossier = cast.at(cast.new_dossier(), Stage.FORMING)
    coordinator, member = cast.actor("coordinator.limburg"), cast.member("liaison.caw-limburg")
    question = {"ground": "betrokkenheid_kennis", "due_on": timezone.localdate(), "by": coordinator}
    (lane,) = ask(dossier=dossier, members=[member], **question)
    client = cast.signed_in("liaison.caw-limburg")
    address = reverse("sharing:contribute", args=[dossier.number, lane.pk])
    costs = []
    for version in range(10):
        asked = sent(client, address, version=version, state="niet_gekend", reason="Nagekeken.")
        brackets = [sql for sql in asked if sql.startswith(BRACKETS)]
        assert [sql.split()[0] for sql in brackets] == [
            "SAVEPOINT",
            "SAVEPOINT",
            "RELEASE",
        ]
        assert not any(
            "audit_event" in sql for sql in asked if not sql.startswith("with ")
        )  # no look is counted
        costs.append(len(asked) - len(brackets))

    assert costs == [12] + [11] * 9  # the first answer ends the task
    assert Contribution.objects.filter(lane=lane).count() == 10
