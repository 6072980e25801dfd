"""For what dossiers were opened: by organisation, role and ground, in numbers alone, for the auditor."""

import csv
import io

import pytest
from django.urls import reverse

from tests import cast
from tests.events import events_of
from wida.access.emergency import break_glass
from wida.dossiers.codes import Stage

PAGE, EXPORT = reverse("house_audit:purposes"), reverse("house_audit:export_purposes")
AUDITOR, COORDINATOR, CAW, AWAY = (
    "auditor.team",
    "coordinator.limburg",
    "liaison.caw-limburg",
    "coordinator.antwerpen",
)

pytestmark = pytest.mark.usefixtures("house", "seals")


def told() -> dict[tuple[str, str], dict[str, str]]:
    answer = cast.signed_in(AUDITOR).get(EXPORT)
    rows = csv.DictReader(io.StringIO(answer.content.decode()))
    return {(row["organisation"], row["grounds"]): row for row in rows}


def test_tells_on_which_grounds_and_nothing_of_any_family():
    one, two = (cast.at(cast.new_dossier(by="liaison.ocj-limburg"), Stage.FORMING) for _ in range(2))
    tab = {dossier: reverse("people:people", args=[dossier.number]) for dossier in (one, two)}
    for dossier in (one, one, two):
        assert cast.signed_in(CAW).get(tab[dossier]).status_code == 200
    cast.signed_in(COORDINATOR).get(reverse("people:known", args=[one.number]))
    break_glass(number=one.number, reason="Kinderen alleen", by=cast.actor(AWAY))
    assert [cast.signed_in(AWAY).get(tab[dossier]).status_code for dossier in (one, two)] == [200, 404]

    page, looks = events_of(lambda: cast.signed_in(AUDITOR).get(PAGE).content.decode(), action="listed")

    assert [(look.detail, look.signature) for look in looks] == [("purposes", cast.actor(AUDITOR).signature)]
    rows = told()
    caw, house, away = (cast.member(login).organisation.name for login in (CAW, COORDINATOR, AWAY))
    assert {name: rows[caw, "uitgenodigd"][name] for name in ("opened", "dossiers", "taken_out")} == {
        "opened": "3", "dossiers": "2", "taken_out": "0",
    }  # fmt: skip
    assert rows[house, "huis"]["searched"] == "1"
    assert rows[away, "nood"]["opened"] == "1"
    assert rows[away, ""]["refused"] == "1"
    for label in ("Uitgenodigd", "Medewerker van het Veilig Huis", "Noodtoegang"):
        assert label in page
    for secret in (one.number, two.number, str(one.pk), "Aerdman", "Bosteels", "Kinderen alleen"):
        assert secret not in page + repr(rows)


def test_days_and_organisation_can_be_chosen():
    dossier = cast.at(cast.new_dossier(by=COORDINATOR), Stage.FORMING)
    cast.signed_in(CAW).get(reverse("people:people", args=[dossier.number]))
    caw, house = (cast.member(login).organisation for login in (CAW, COORDINATOR))

    def cells(**query) -> list[str]:
        page = cast.signed_in(AUDITOR).get(PAGE, query).content.decode()
        return [name for name in (caw.name, house.name) if f'<th scope="row">{name}</th>' in page]

    assert cells() == [caw.name, house.name]
    assert cells(organisation=caw.pk) == [caw.name]
    assert cells(since="01/01/2020", until="02/01/2020") == []


@pytest.mark.parametrize("login", [COORDINATOR, "admin.team", "central.team"])
def test_is_for_the_auditor_alone(login):
    assert [cast.signed_in(login).get(address).status_code for address in (PAGE, EXPORT)] == [403, 403]
