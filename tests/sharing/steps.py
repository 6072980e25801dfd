"""What the people of the Infodeling type, and the usual way of asking and answering."""

from django.urls import reverse

from tests import cast
from wida.accounts.codes import OrganisationType
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier
from wida.sharing.models import Lane

COORDINATOR = "coordinator.limburg"

# Who answers for each of the thirteen lanes in Limburg.
WRITERS = {
    OrganisationType.PROSECUTION: "prosecutor.limburg",
    OrganisationType.POLICE: "liaison.police-limburg",
    OrganisationType.JUSTICE_AGENCY: "liaison.ajh-limburg",
    OrganisationType.YOUTH_SUPPORT: "liaison.ocj-limburg",
    OrganisationType.CHILD_AND_FAMILY: "liaison.kindengezin-limburg",
    OrganisationType.WELFARE: "liaison.caw-limburg",
    OrganisationType.PUPIL_GUIDANCE: "liaison.clb-limburg",
    OrganisationType.MENTAL_HEALTH: "liaison.ggz-limburg",
    OrganisationType.PRISON: "liaison.prison-limburg",
    OrganisationType.LOCAL_WELFARE: "liaison.ocmw-limburg",
    OrganisationType.CHILD_ABUSE_CENTRE: "liaison.vk-limburg",
    OrganisationType.HOSPITAL: "liaison.hospital-limburg",
    OrganisationType.OTHER: "liaison.substances-limburg",
}

KNOWN = {
    "state": "gekend",
    "text": "Vier tussenkomsten in twaalf maanden.",
    "source": "politie",
    "source_on": "09/11/2026",
    "categories": ["9", "11"],
    "necessity": "De anderen moeten weten dat het 's nachts gebeurt.",
}
NOT_KNOWN = {"state": "niet_gekend"}


def forming(**options) -> Dossier:
    return cast.at(cast.new_dossier(**options), Stage.FORMING)


def url(name: str, dossier: Dossier, *args) -> str:
    return reverse(f"sharing:{name}", args=[dossier.number, *args])


def get(login: str, name: str, dossier: Dossier, *args):
    return cast.signed_in(login).get(url(name, dossier, *args))


def post(login: str, name: str, dossier: Dossier, *args, data: dict | None = None):
    return cast.signed_in(login).post(url(name, dossier, *args), data or {})


def asking(*logins: str, **changes) -> dict:
    return {
        "contacts": [str(cast.member(login).pk) for login in logins],
        "ground": "betrokkenheid_kennis",
        "why": "Kent het gezin.",
        "due_on": "15/12/2030",
        **changes,
    }


def ask(dossier: Dossier, *logins: str, **changes) -> list[Lane]:
    """The lanes of these people's organisations, in the order asked for."""
    answer = post(COORDINATOR, "ask_core", dossier, data=asking(*logins, **changes))
    assert answer.status_code == 303
    lanes = {lane.partner_id: lane for lane in Lane.objects.filter(dossier=dossier)}
    return [lanes[cast.actor(login).organisation_id] for login in logins]


def share(login: str, dossier: Dossier, lane: Lane, **changes):
    return post(login, "contribute", dossier, lane.pk, data=KNOWN | changes)
