"""Policy figures: the same as counting by hand, safe for small numbers, and for who may."""

import csv
import io
from collections import Counter

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from tests import cast
from wida.access.walls.identity import act_as, walled
from wida.accounts.models import SafeHome
from wida.dossiers.models import Dossier
from wida.figures.jobs import count_figures
from wida.figures.models import Figure
from wida.figures.queries import Cell, figures, safe
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
            ("doorlooptijd", "tot_afronding", (closed - opened).days) if closed else None,
            *(("risicofactor", code, 0) for (assessment, code) in present if assessment == last.get(one.pk)),
        ]
        for measure, value, amount in filter(None, facts):
            by_hand[one.safe_home_id, day.replace(day=1), measure, value, "dossiers"] += 1
            by_hand[one.safe_home_id, day.replace(day=1), measure, value, "amount"] += amount
    kept = {}
    for row in Figure.objects.all():
        key = row.safe_home_id, row.month, row.measure, row.value
        kept |= {(*key, "dossiers"): row.dossiers, (*key, "amount"): row.amount}
    assert len(kept) > 200
    assert kept == dict(by_hand)

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
    assert sum(cell.dossiers for cell in every.measures["aanmeldingen"]) == len(referred)
    own = csv_of("coordinator.limburg")
    assert own["aanmeldingen", ""] == str(of_limburg)
    assert csv_of("coordinator.limburg", home=SafeHome.objects.get(name="Antwerpen").pk) == own
    assert csv_of("central.team")["aanmeldingen", ""] == str(len(referred))
    assert csv_of("central.team", home=limburg.pk) == own
    for login in ("casemanager.limburg", "auditor.team", "liaison.caw-limburg"):
        assert {cast.signed_in(login).get(address).status_code for address in (PAGE, EXPORT)} == {403}

    # What the page tells is what the export tells.
    page = cast.signed_in("central.team").get(PAGE).content.decode()
    assert "Stand op" in page
    assert str(len(referred)) in page


def csv_of(login: str, **query) -> dict[tuple[str, str], str]:
    answer = cast.signed_in(login).get(EXPORT, query)
    assert answer.status_code == 200
    return {
        (row["measure"], row["value"]): row["dossiers"]
        for row in csv.DictReader(io.StringIO(answer.content.decode()))
    }


def test_small_numbers_are_hidden_and_can_not_be_reckoned_back():
    cells = [Cell("a", 12, 1), Cell("b", 4, 2), Cell("c", 7, 3), Cell("d", 30, 4)]

    assert safe(cells) == [Cell("a", 12, 1), Cell("b", None, None), Cell("c", None, None), Cell("d", 30, 4)]
    assert safe(cells, add_up=False)[2] == Cell("c", 7, 3)
    assert safe([Cell("a", 5, 0), Cell("b", 6, 0)]) == [Cell("a", 5, 0), Cell("b", 6, 0)]
    assert safe([Cell("a", 3, 0)]) == [Cell("a", None, None)]
