"""Policy figures: the same as counting by hand, safe for small numbers, and for who may."""

import csv
import io
import itertools
from collections import Counter
from datetime import date
from random import Random

from django.db import connection
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests import cast
from wida.access.walls.identity import act_as, walled
from wida.accounts.models import SafeHome
from wida.dossiers.models import Dossier
from wida.figures.jobs import count_figures
from wida.figures.models import Figure
from wida.figures.queries import figures
from wida.figures.rounding import Number, rounded, shared_out, told
from wida.people.models import Person
from wida.risk.models import Assessment, FactorScore
from wida.seed import seed

PAGE = reverse("house_figures:figures")
EXPORT = reverse("house_figures:export_figures")


def test_counts_are_those_of_the_dossiers_and_only_for_who_may(house):
    connection.ensure_connection()
    seed(80, random_seed=3, server=connection.connection, houses=("Limburg", "Antwerpen"), processes=1)
    assert "Er is nog niets geteld" in cast.signed_in("central.team").get(PAGE).content.decode()

    count_figures(0)

    # By hand, another way.
    referred = list(
        Dossier.objects.filter(submitted_at__isnull=False).select_related("safe_home", "organisation")
    )
    children = Counter(
        Person.objects.filter(group="kind", unborn=False, withdrawn_at=None).values_list(
            "dossier_id", flat=True
        )
    )
    last = {}
    for pk, dossier in Assessment.objects.order_by("assessed_on", "created_at", "pk").values_list(
        "pk", "dossier_id"
    ):
        last[dossier] = pk
    present = Counter()
    for code, assessment in FactorScore.objects.filter(present="aanwezig").values_list(
        "code", "assessment_id"
    ):
        present[assessment, code] += 1
    by_hand = Counter()
    for one in referred:
        day = timezone.localtime(one.submitted_at).date()
        opened = one.opened_at and timezone.localtime(one.opened_at).date()
        closed = one.closed_at and timezone.localtime(one.closed_at).date()
        facts = [
            ("aanmeldingen", "", 0),
            ("opname", "opgenomen" if opened else "niet_opgenomen" if one.closed else "in_behandeling", 0),
            ("aanmelder", one.organisation.type, 0),
            ("fase", one.stage, 0),
            ("spoor", one.track, 0) if one.track else None,
            ("kleur", one.colour, 0) if one.colour else None,
            ("afronding", one.closure_reason, 0) if one.closure_reason else None,
            ("minderjarigen", "ja" if children[one.pk] else "nee", children[one.pk]),
            ("doorlooptijd", "tot_opening", (opened - day).days) if opened else None,
            ("doorlooptijd", "tot_afronding", (closed - opened).days) if closed and opened else None,
            *(("risicofactor", code, 0) for (assessment, code) in present if assessment == last.get(one.pk)),
        ]
        for measure, value, amount in filter(None, facts):
            by_hand[one.safe_home_id, day.replace(day=1), measure, value, "dossiers"] += 1
            by_hand[one.safe_home_id, day.replace(day=1), measure, value, "amount"] += amount
    found = {}
    with connection.cursor() as cursor:
        cursor.execute("select safe_home, month, measure, value, dossiers, amount from wida.count_figures()")
        counted = cursor.fetchall()
    for *key, dossiers, amount in counted:
        found |= {(*key, "dossiers"): dossiers, (*key, "amount"): amount}
    assert len(found) > 200
    assert found == dict(by_hand)
    # What is kept is what may be told of that, and no other number stands anywhere.
    kept = set(Figure.objects.values_list(*Number._fields))
    assert kept == set(told(counted))
    assert {dossiers % 5 for *_place, dossiers, _amount in kept} == {0}

    # A house has its own, behind the wall too; the central team all; nobody else any.
    limburg = SafeHome.objects.get(name="Limburg")
    with walled():
        act_as(cast.actor("coordinator.limburg"))
        assert set(Figure.objects.values_list("safe_home_id", flat=True)) == {limburg.pk}
    with walled():
        act_as(cast.actor("casemanager.antwerpen"))
        assert not Figure.objects.exclude(safe_home__name="Antwerpen").exists()
    of_limburg = sum(one.safe_home_id == limburg.pk for one in referred)
    every = figures(home=None, year=None)
    assert {cell.value for cell in every.measures["maand"]} <= {
        f"{one.submitted_at:%Y-%m}" for one in referred
    }
    (total,) = every.measures["aanmeldingen"]
    assert abs(total.dossiers - len(referred)) < 5 * len(
        {(one.safe_home_id, one.submitted_at.year) for one in referred}
    )
    own = csv_of("coordinator.limburg")
    (theirs,) = figures(home=limburg.pk, year=None).measures["aanmeldingen"]
    assert own["aanmeldingen", ""] == str(theirs.dossiers)
    years = {one.submitted_at.year for one in referred}
    assert abs(theirs.dossiers - of_limburg) < 5 * len(years)
    assert csv_of("coordinator.limburg", home=SafeHome.objects.get(name="Antwerpen").pk) == own
    assert csv_of("central.team")["aanmeldingen", ""] == str(total.dossiers)
    assert csv_of("central.team", home=limburg.pk) == own
    for login in ("casemanager.limburg", "auditor.team", "liaison.caw-limburg"):
        assert {cast.signed_in(login).get(address).status_code for address in (PAGE, EXPORT)} == {403}

    # What the page tells is what the export tells.
    page = cast.signed_in("central.team").get(PAGE).content.decode()
    assert "Stand op" in page
    assert str(total.dossiers) in page
    assert "veelvoud van 5" in page


def csv_of(login: str, **query) -> dict[tuple[str, str], str]:
    answer = cast.signed_in(login).get(EXPORT, query)
    assert answer.status_code == 200
    return {
        (row["measure"], row["value"]): row["dossiers"]
        for row in csv.DictReader(io.StringIO(answer.content.decode()))
    }


def deduced(number: int, others: list[int], total: int) -> tuple[int, int]:
    """What a reader who knows the rule can make of a number: it and the others add up to what is told as `total`."""
    least = max(number - 4, total - 4 - sum(other + 4 for other in others), 0)
    most = min(number + 4, total + 4 - sum(max(other - 4, 0) for other in others))
    return least, most


COUNTS = st.lists(st.integers(0, 23), min_size=1, max_size=6)


@given(COUNTS)
def test_what_adds_up_is_rounded_together_and_pins_nothing_down(counts):
    parts = dict(enumerate(counts))
    total = rounded(sum(counts), "total")

    shared = shared_out(parts, total, "parts")

    assert sum(shared.values()) == total
    assert all(one % 5 == 0 and abs(one - parts[key]) < 5 for key, one in shared.items())
    for key, one in shared.items():
        least, most = deduced(one, [other for place, other in shared.items() if place != key], total)
        assert least <= parts[key] <= most
        assert most - least >= 3, (parts, shared)


def test_no_list_taken_from_another_tells_of_a_family(house):
    """Small numbers everywhere: each list is a sum of rounded ones, for every house and year and for all."""
    homes, months = (
        list(SafeHome.objects.order_by("name")[:3]),
        [date(2024 + n // 4, 1 + n % 4, 1) for n in range(8)],
    )
    chance, counted = Random(8), []
    for home, month in itertools.product(homes, months):
        count = chance.choice((0, 0, 1, 2, 3, 4, 6, 9))
        opened = chance.randint(0, count)
        rows = [
            ("aanmeldingen", "", count, 0),
            ("opname", "opgenomen", opened, 0),
            ("kleur", "rood", opened // 2, 0),
        ]
        rows += [
            ("opname", "niet_opgenomen", count - opened, 0),
            ("doorlooptijd", "tot_opening", opened, 11 * opened),
        ]
        rows += [("minderjarigen", "ja", opened, 3 * opened), ("minderjarigen", "nee", count - opened, 0)]
        counted += [(home.pk, month, *row) for row in rows if row[2]]
    Figure.objects.bulk_create(
        Figure(counted_at=timezone.now(), **number._asdict()) for number in told(counted)
    )

    lists = {(home, year): flat(figures(home=home and home.pk, year=year))
             for home in (None, *homes) for year in (None, 2024, 2025)}  # fmt: skip
    assert all(number % 5 == 0 for numbers in lists.values() for number in numbers.values())
    assert any(number == 5 for numbers in lists.values() for number in numbers.values())
    for (home, year), numbers in lists.items():
        if home is None:
            assert numbers == sum((lists[one, year] for one in homes), Counter())
        if year is None:
            assert numbers == lists[home, 2024] + lists[home, 2025]
        referrals = numbers["aanmeldingen", ""]
        for measure in ("opname", "minderjarigen", "maand"):
            assert sum(number for (name, _value), number in numbers.items() if name == measure) == referrals
    # Days of fewer than five families are nobody's average.
    one = figures(home=homes[0].pk, year=2024)
    assert {cell.amount for cell in one.measures["doorlooptijd"]} <= {None, 11}


def flat(found) -> Counter:
    """Every number that is told, but the averages."""
    lists = {**found.measures, "homes": found.homes}
    numbers = Counter({(name, cell.value): cell.dossiers for name, cells in lists.items() for cell in cells})
    numbers.update({("children", cell.value): cell.amount or 0 for cell in found.measures["minderjarigen"]})
    return +numbers
