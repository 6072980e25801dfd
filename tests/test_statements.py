"""How many statements a page costs: fourteen for a tab, eight for a list, and no more for thirty rows than for one."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import cast
from tests.full import fill
from wida.demo.families import House, tell
from wida.dossiers.codes import Stage
from wida.dossiers.frame import TABS
from wida.dossiers.models import Dossier

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
