"""The Safe Homes, organisations and accounts of the demo. Every name is invented."""

from datetime import date
from typing import NamedTuple

from django.contrib.auth.hashers import make_password

from wida.accounts.codes import CORE_LANES, OrganisationType, Role
from wida.accounts.models import Membership, Organisation, Partnership, PoliceZone, SafeHome, User

PASSWORD = "veilig-huis-demo"
START = date(2024, 4, 18)

# name, seat, prefix. Nine houses are known by name; only Limburg's prefix is, the others are ours until told otherwise.
HOUSES = (
    ("Limburg", "Hasselt", "LIMB"),
    ("Antwerpen", "Antwerpen", "ANTW"),
    ("Oost-Brabant", "Leuven", "OBRA"),
    ("Kempen", "Geel", "KEMP"),
    ("Rivierenland", "Mechelen", "RIVI"),
    ("Halle-Vilvoorde", "Halle", "HAVI"),
    ("Gent", "Gent", "GENT"),
    ("Zuid-West-Vlaanderen", "Kortrijk", "ZWVL"),
    ("Noord-West-Vlaanderen", "Oostende", "NWVL"),
)
DEMO_HOUSES = ("Limburg", "Antwerpen", "Oost-Brabant")

# four-digit codes that no real zone bears
ZONES = {
    "Limburg": (("0901", "PZ Demerland"), ("0902", "PZ Maasrand")),
    "Antwerpen": (("0911", "PZ Scheldebocht"),),
    "Oost-Brabant": (("0921", "PZ Hageveld"),),
}


class Account(NamedTuple):
    login: str
    name: str
    organisation: str
    role: Role
    function: str


PARTNERS = (
    (OrganisationType.PROSECUTION, "Parket {house}"),
    (OrganisationType.POLICE, "Politie {house}"),
    (OrganisationType.JUSTICE_AGENCY, "Justitiehuis {house}"),
    (OrganisationType.YOUTH_SUPPORT, "OCJ {house}"),
    (OrganisationType.CHILD_AND_FAMILY, "Kind en Gezin {house}"),
    (OrganisationType.WELFARE, "CAW {house}"),
    (OrganisationType.PUPIL_GUIDANCE, "CLB {house}"),
    (OrganisationType.MENTAL_HEALTH, "CGG {house}"),
    (OrganisationType.PRISON, "Gevangenis {house}"),
    (OrganisationType.LOCAL_WELFARE, "OCMW {house}"),
    (OrganisationType.CHILD_ABUSE_CENTRE, "VK {house}"),
    (OrganisationType.HOSPITAL, "Ziekenhuis {house}"),
    (OrganisationType.OTHER, "Verslavingszorg {house}"),
)

SLUGS = {
    OrganisationType.PROSECUTION: "parket",
    OrganisationType.POLICE: "police",
    OrganisationType.JUSTICE_AGENCY: "ajh",
    OrganisationType.YOUTH_SUPPORT: "ocj",
    OrganisationType.CHILD_AND_FAMILY: "kindengezin",
    OrganisationType.WELFARE: "caw",
    OrganisationType.PUPIL_GUIDANCE: "clb",
    OrganisationType.MENTAL_HEALTH: "ggz",
    OrganisationType.PRISON: "prison",
    OrganisationType.LOCAL_WELFARE: "ocmw",
    OrganisationType.CHILD_ABUSE_CENTRE: "vk",
    OrganisationType.HOSPITAL: "hospital",
    OrganisationType.OTHER: "substances",
}

GIVEN = [
    "An",
    "Joris",
    "Femke",
    "Nele",
    "Wim",
    "Lotte",
    "Dorien",
    "Ruth",
    "Bram",
    "Sara",
    "Leen",
    "Karel",
    "Hilde",
    "Stijn",
    "Griet",
    "Pieter",
    "Inge",
    "Tine",
    "Koen",
    "Lies",
    "Bart",
    "Veerle",
    "Jonas",
    "Katrien",
    "Maarten",
    "Sofie",
    "Dirk",
    "Els",
    "Tom",
    "Mieke",
    "Johan",
    "Ilse",
    "Geert",
    "Anke",
    "Yves",
    "Nadia",
    "Samir",
    "Leyla",
    "Piotr",
    "Claire",
]
FAMILY = [
    "Peelmans",
    "Jorissen",
    "Luytens",
    "Vandamse",
    "Gorisse",
    "Wouterink",
    "Simonse",
    "Hosteau",
    "Aerdens",
    "Vossel",
    "Claessemans",
    "Dewitte",
    "Maesens",
    "Thyssen",
    "Bogaertse",
    "Jansenne",
    "Lemmers",
    "Roelandse",
    "Hendrikse",
    "Coxwell",
    "Smeysters",
    "Willemot",
    "Baertens",
    "Nuyttens",
    "Verbeeke",
]


def _slug(house: str) -> str:
    return house.lower()


def accounts(house: str) -> list[Account]:
    """The accounts of one house and its partners, logins as `<role>.<organisation>`."""
    slug, home = _slug(house), f"Veilig Huis {house}"
    offset = DEMO_HOUSES.index(house) * 17
    names = (
        f"{GIVEN[(i + offset) % len(GIVEN)]} {FAMILY[(i * 3 + offset) % len(FAMILY)]}" for i in range(60)
    )
    made = [
        Account(f"coordinator.{slug}", next(names), home, Role.COORDINATOR, "operationeel coördinator"),
        Account(
            f"administrative.{slug}", next(names), home, Role.ADMINISTRATIVE, "administratief medewerker"
        ),
        Account(f"casemanager.{slug}", next(names), home, Role.CASE_MANAGER, "casusregisseur"),
        Account(f"casemanager2.{slug}", next(names), home, Role.CASE_MANAGER, "casusregisseur"),
        Account(f"psychologist.{slug}", next(names), home, Role.PSYCHOLOGIST, "psycholoog"),
        Account(f"childpsychologist.{slug}", next(names), home, Role.CHILD_PSYCHOLOGIST, "kinderpsycholoog"),
    ]
    for kind, pattern in PARTNERS:
        organisation = pattern.format(house=house)
        if kind == OrganisationType.PROSECUTION:
            made.append(
                Account(f"prosecutor.{slug}", next(names), organisation, Role.PROSECUTOR, "parketcriminoloog")
            )
        elif kind == OrganisationType.POLICE:
            made.append(
                Account(
                    f"liaison.police-{slug}",
                    next(names),
                    organisation,
                    Role.POLICE_LIAISON,
                    "verbindingsambtenaar",
                )
            )
        else:
            made.append(
                Account(
                    f"liaison.{SLUGS[kind]}-{slug}", next(names), organisation, Role.LIAISON, "contactpersoon"
                )
            )
    made.append(
        Account(f"referrer.hospital-{slug}", next(names), f"Ziekenhuis {house}", Role.REFERRER, "spoedarts")
    )
    made.append(Account(f"referrer.ocj-{slug}", next(names), f"OCJ {house}", Role.REFERRER, "consulent"))
    return made


CENTRAL = (
    Account(
        "central.team",
        "Mira Coolsaete",
        "Centraal team Veilige Huizen",
        Role.CENTRAL_TEAM,
        "beleidsmedewerker",
    ),
    Account(
        "auditor.team",
        "Floor Adriaenne",
        "Centraal team Veilige Huizen",
        Role.AUDITOR,
        "functionaris gegevensbescherming",
    ),
    Account(
        "admin.team",
        "Arne Beelaert",
        "Centraal team Veilige Huizen",
        Role.FUNCTIONAL_ADMIN,
        "functioneel beheerder",
    ),
)


def make_organisations(houses: tuple[str, ...] = DEMO_HOUSES) -> None:
    """Safe Homes, zones, organisations, partnerships and accounts; all share one password. Does nothing the second time."""
    if SafeHome.objects.exists():
        return
    for name, seat, prefix in HOUSES:
        SafeHome.objects.create(name=name, seat=seat, prefix=prefix, valid_from=START)
    password = make_password(PASSWORD)
    central = Organisation.objects.create(
        name="Centraal team Veilige Huizen", type=OrganisationType.CENTRAL, code=_code(), valid_from=START
    )
    for account in CENTRAL:
        _make(account, central, password)
    for house in houses:
        safe_home = SafeHome.objects.get(name=house)
        for code, zone in ZONES[house]:
            PoliceZone.objects.create(code=code, name=zone, safe_home=safe_home, valid_from=START)
        organisations = {
            f"Veilig Huis {house}": Organisation.objects.create(
                name=f"Veilig Huis {house}",
                type=OrganisationType.SAFE_HOME,
                code=_code(),
                safe_home=safe_home,
                valid_from=START,
            )
        }
        for kind, pattern in PARTNERS:
            partner = Organisation.objects.create(
                name=pattern.format(house=house), type=kind, code=_code(), valid_from=START
            )
            organisations[partner.name] = partner
            Partnership.objects.create(
                safe_home=safe_home, organisation=partner, core=kind in CORE_LANES, valid_from=START
            )
        for account in accounts(house):
            _make(account, organisations[account.organisation], password)


def _code() -> str:
    """What the fake provider calls the next organisation; no real number looks like it."""
    return f"DEMO{Organisation.objects.count() + 1:05}"


def _make(account: Account, organisation: Organisation, password: str) -> None:
    user = User.objects.create(
        login=account.login, name=account.name, password=password, email=f"{account.login}@wida.example"
    )
    Membership.objects.create(
        user=user, organisation=organisation, role=account.role, function=account.function, valid_from=START
    )
