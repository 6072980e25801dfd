"""A lane is written by the organisation that was asked, and by nobody else."""

import pytest

from tests import cast
from tests.sharing.steps import COORDINATOR, NOT_KNOWN, WRITERS, ask, forming, post, share, url
from wida.audit.models import Event
from wida.dossiers.codes import Stage
from wida.sharing.models import Contribution

POLICE, CAW = "liaison.police-limburg", "liaison.caw-limburg"


def test_each_of_the_thirteen_lanes_is_written_by_its_own_organisation_alone(house):
    dossier = forming()
    lanes = dict(zip(WRITERS, ask(dossier, *WRITERS.values()), strict=True))
    clients = {kind: cast.signed_in(login) for kind, login in WRITERS.items()}

    for kind, lane in lanes.items():
        address = url("contribute", dossier, lane.pk)
        refused = {
            other: client.post(address, NOT_KNOWN).status_code
            for other, client in clients.items()
            if other != kind
        }
        assert set(refused.values()) == {403}, kind
        assert clients[kind].get(address).status_code == 200
        assert not Contribution.objects.filter(lane=lane).exists()
    for kind, lane in lanes.items():
        assert clients[kind].post(url("contribute", dossier, lane.pk), NOT_KNOWN).status_code == 303
        assert Contribution.objects.get(lane=lane).organisation_id == lane.partner_id
    assert Event.objects.filter(action="refused", detail="other_organisation").count() == 13 * 12


@pytest.mark.parametrize(
    ("login", "status"),
    [
        (COORDINATOR, 403),
        ("administrative.limburg", 403),
        ("casemanager.limburg", 403),
        ("coordinator.antwerpen", 404),
        ("referrer.hospital-limburg", 404),
    ],
)
@pytest.mark.parametrize("name", ["contribute", "withdraw"])
def test_the_house_and_strangers_write_in_no_lane(house, name, login, status):
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    (lane,) = ask(dossier, POLICE)
    share(POLICE, dossier, lane)

    answer = post(login, name, dossier, lane.pk, data=NOT_KNOWN | {"reason": "Ingreep.", "version": "1"})

    assert answer.status_code == status
    assert Contribution.objects.get().state == "gekend"


def test_nobody_else_withdraws(house):
    dossier = forming()
    (lane,) = ask(dossier, POLICE)
    share(POLICE, dossier, lane)

    answer = post(CAW, "withdraw", dossier, lane.pk, data={"reason": "Ingreep.", "version": "1"})

    assert answer.status_code == 403
    assert Contribution.objects.count() == 1
