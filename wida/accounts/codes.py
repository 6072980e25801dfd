"""Code lists of who takes part. Stored values are the Dutch terms of the field."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What kind of thing somebody may do; on which dossier says a mandate."""

    REFERRER = "aanmelder", _("Referrer")
    LIAISON = "contactpersoon", _("Partner liaison")
    CASE_MANAGER = "casusregisseur", _("Case manager")
    PSYCHOLOGIST = "psycholoog", _("Psychologist")
    CHILD_PSYCHOLOGIST = "kinderpsycholoog", _("Child psychologist")
    COORDINATOR = "coordinator", _("Coordinator")
    ADMINISTRATIVE = "administratie", _("Administrative staff")
    PROSECUTOR = "parketcriminoloog", _("Prosecutor's criminologist")
    POLICE_LIAISON = "verbindingsambtenaar_politie", _("Police liaison officer")
    CENTRAL_TEAM = "centraal_team", _("Central team")
    AUDITOR = "auditor", _("Auditor")
    FUNCTIONAL_ADMIN = "functioneel_beheerder", _("Functional administrator")
    CONNECTION = "koppeling", _("Connected system")


HOUSE_ROLES = frozenset({Role.COORDINATOR, Role.ADMINISTRATIVE})
TEAM_ROLES = frozenset({Role.CASE_MANAGER, Role.PSYCHOLOGIST, Role.CHILD_PSYCHOLOGIST})
PARTNER_ROLES = frozenset({Role.LIAISON, Role.POLICE_LIAISON, Role.PROSECUTOR})
CONTENT_ROLES = HOUSE_ROLES | TEAM_ROLES | PARTNER_ROLES | {Role.REFERRER, Role.CONNECTION}

PLACES = {
    Role.PROSECUTOR: {"parket"},
    Role.POLICE_LIAISON: {"politie"},
    Role.CENTRAL_TEAM: {"centraal"},
    Role.AUDITOR: {"centraal", "veilig_huis"},
    Role.FUNCTIONAL_ADMIN: {"centraal", "veilig_huis"},
}


def fits(role: str, organisation_type: str) -> bool:
    """Whether a role can exist at such an organisation: a partner's own administrator can't make a coordinator, and
    nobody is a system: only the command line connects one.
    """
    if role == Role.CONNECTION:
        return False
    if role in HOUSE_ROLES | TEAM_ROLES:
        return organisation_type == "veilig_huis"
    return organisation_type in PLACES.get(role, {organisation_type})


class OrganisationType(TextChoices):
    """The thirteen lanes of the Infodeling, then the organisations that have none."""

    PROSECUTION = "parket", _("Public prosecutor")
    POLICE = "politie", _("Police")
    JUSTICE_AGENCY = "ajh", _("Agency for Justice and Enforcement (AJH)")
    YOUTH_SUPPORT = "opgroeien_ocj_sdj", _("Opgroeien agency (OCJ and SDJ)")
    CHILD_AND_FAMILY = "opgroeien_regie_kg", _("Opgroeien Regie agency (Kind en Gezin)")
    WELFARE = "caw", _("Centre for General Welfare (CAW)")
    PUPIL_GUIDANCE = "clb", _("Pupil Guidance Centre (CLB)")
    MENTAL_HEALTH = "ggz", _("Mental health care (GGZ)")
    PRISON = "gevangenis", _("Prison")
    LOCAL_WELFARE = "ocmw_lokaal_bestuur", _("OCMW – local government")
    CHILD_ABUSE_CENTRE = "vk", _("Child Abuse Confidential Centre (VK)")
    HOSPITAL = "ziekenhuis", _("Hospital")
    OTHER = "andere", _("Other")
    SAFE_HOME = "veilig_huis", _("Safe Home")
    CENTRAL = "centraal", _("Central services")


LANES = tuple(kind for kind in OrganisationType if kind not in ("veilig_huis", "centraal"))
CORE_LANES = LANES[:6]

SHORT_LANE = {
    OrganisationType.PROSECUTION: _("Prosecutor"),
    OrganisationType.POLICE: _("Police"),
    OrganisationType.JUSTICE_AGENCY: "AJH",
    OrganisationType.YOUTH_SUPPORT: "OCJ/SDJ",
    OrganisationType.CHILD_AND_FAMILY: "Kind en Gezin",
    OrganisationType.WELFARE: "CAW",
    OrganisationType.PUPIL_GUIDANCE: "CLB",
    OrganisationType.MENTAL_HEALTH: "GGZ",
    OrganisationType.PRISON: _("Prison"),
    OrganisationType.LOCAL_WELFARE: "OCMW",
    OrganisationType.CHILD_ABUSE_CENTRE: "VK",
    OrganisationType.HOSPITAL: _("Hospital"),
    OrganisationType.OTHER: _("Other"),
    OrganisationType.SAFE_HOME: _("Safe Home"),
    OrganisationType.CENTRAL: _("Central services"),
}

# Decree of 29 March 2024 on the Veilige Huizen, article 10: which of its numbers each lane stands for.
ARTICLE_10 = {
    OrganisationType.PROSECUTION: (5,),
    OrganisationType.POLICE: (6,),
    OrganisationType.JUSTICE_AGENCY: (1, 7, 8),
    OrganisationType.YOUTH_SUPPORT: (12, 13),
    OrganisationType.CHILD_AND_FAMILY: (14, 16),
    OrganisationType.WELFARE: (3,),
    OrganisationType.PUPIL_GUIDANCE: (10,),
    OrganisationType.MENTAL_HEALTH: (20,),
    OrganisationType.PRISON: (9,),
    OrganisationType.LOCAL_WELFARE: (2, 15),
    OrganisationType.CHILD_ABUSE_CENTRE: (4,),
    OrganisationType.HOSPITAL: (21,),
    OrganisationType.OTHER: (11, 17, 18, 19, 22, 23),
    OrganisationType.SAFE_HOME: (1, 2),
    OrganisationType.CENTRAL: (1,),
}
