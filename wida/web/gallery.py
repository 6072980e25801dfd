"""Invented data for the gallery: nobody in it exists, and its national numbers fail their check."""

from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from django import forms

from wida.dossiers.codes import Colour
from wida.web import fields

ANSWERS = {"known": "", "account": "", "happened_on": "31/02/2026", "colour": "oranje", "informed": ["b"]}


class GalleryForm(forms.Form):
    """One of every kind of field."""

    known = fields.choice(
        [("ja", "Gekend"), ("vroeger", "Vroeger gekend"), ("nee", "Niet gekend")],
        label="Is het gezin gekend bij uw dienst?",
        missing="Kies of het gezin gekend is bij uw dienst",
    )
    account = fields.long_text(
        label="Relevante informatie",
        help="Beschrijf feiten, data en lopende hulp. Vermijd diagnoses en meningen zonder bron.",
    )
    happened_on = fields.day(label="Datum van het overleg", past=True, initial=date(2026, 11, 14))
    begins = fields.clock(label="Begin", required=False)
    colour = fields.choice(
        [
            (Colour.GREEN, "Groen", "Een aanbod dat het gezin vrij kan aannemen. Gewone hulp volstaat."),
            (Colour.ORANGE, "Oranje", "Aanklampend aanbod. Diensten volgen samen op en nemen zelf contact."),
            (Colour.RED, "Rood", "Meteen handelen en snel een gezamenlijk plan."),
        ],
        label="Welke weging geeft het overleg?",
        help="Het overleg beslist. WIDA stelt geen kleur voor.",
        look="colours",
    )
    seen = fields.yes_no_unknown(label="Zag iemand de kinderen?")
    house = fields.pick(
        [("l", "Veilig Huis Limburg"), ("a", "Veilig Huis Antwerpen")], label="Veilig Huis", required=False
    )
    informed = fields.many(
        [
            ("a", "An Peeters", "Parket"),
            ("b", "Joris Maes", "Politie, PZ Haspengouw"),
            ("c", "Femke Luyten", "Justitiehuis"),
        ],
        label="Wie woog mee?",
        look="lines",
    )
    children = fields.whole_number(label="Aantal kinderen", required=False)
    telephone = fields.phone(label="Telefoon", required=False)
    report = fields.attach(
        label="Verslag", required=False, accept=(".pdf",), help="Een pdf van ten hoogste 25 MB"
    )
    secrecy = fields.tick(label="Ik vul dit in als professional met beroepsgeheim.", required=True)


class Row(NamedTuple):
    signature: str
    changed_at: datetime
    version: int


class Part(NamedTuple):
    label: str
    url: str
    current: bool


class Section(NamedTuple):
    id: str
    label: str
    filled: bool
    count: int | None = None


class Dossier(NamedTuple):
    number: str
    family_name: str
    colour: str
    track: str
    changed_at: datetime

    def get_stage_display(self) -> str:
        return "Uitvoering"

    def get_track_display(self) -> str:
        return "Spoor 3"


class Opened(NamedTuple):
    dossier: Dossier
    police_zone: str
    case_manager: str

    def may(self, part: str) -> bool:
        return True


TABS = (
    "Persoonsgegevens",
    "Situatiebeschrijving",
    "Risico-inschatting",
    "Weging",
    "Infodeling",
    "Casusoverleg",
    "Plan van aanpak",
    "Uitvoering",
    "Afronding",
    "Bijlagen",
)


def frame(current: str, sections: list[Section]) -> dict[str, Any]:
    """A dossier around one of its tabs."""
    return {
        "opened": Opened(
            Dossier(
                "LIMB10034", "Daems - Verlinden", "rood", "spoor_3", datetime(2026, 11, 14, 8, 12, tzinfo=UTC)
            ),
            "PZ Haspengouw",
            "Ilse Roelants",
        ),
        "title": current,
        "part": "",
        "tabs": [Part(label, "#", label == current) for label in TABS],
        "sections": sections,
        "steps": [
            ("Dossieropbouw", "done"),
            ("Dossiervorming", "done"),
            ("Uitvoering", "now"),
            ("Afgesloten", "todo"),
        ],
        "next_step": ("Naar afronding", "#"),
        "looks_url": "#",
    }


FRAMES = {
    "people": (
        "Persoonsgegevens",
        [
            Section("involved", "Rechtstreeks betrokkenen", True, 2),
            Section("children", "Kinderen", True, 3),
            Section("others", "Andere betrokkenen", False),
            Section("services", "Betrokken diensten", False),
        ],
    ),
    "sharing": (
        "Infodeling",
        [
            Section("parket", "Parket", True),
            Section("caw", "CAW", False),
            Section("clb", "Centrum voor Leerlingenbegeleiding (CLB)", False),
        ],
    ),
    "risk": (
        "Risico-inschatting",
        [Section("short", "In het kort", True), Section("factors", "Risicofactoren", True, 9)],
    ),
    "weighing": (
        "Weging",
        [Section("w1", "20 november 2026", True), Section("w2", "14 augustus 2026", True)],
    ),
    "plan": (
        "Plan van aanpak",
        [Section("gaps", "Nog niemand werkt aan", True, 3), Section("goal-1", "1. Veiligheid", True)],
    ),
    "looks": ("Wie keek mee?", []),
}
PAGES = [
    "parts",
    "form",
    *FRAMES,
    "list",
    "gate",
    "organisation",
    "referral",
    "check",
    "meeting",
    "figures",
    "conflict",
]


def data(page: str) -> dict[str, Any]:
    """What one page of the gallery shows."""
    around = frame(*FRAMES[page]) if page in FRAMES else {}
    return {
        "pages": PAGES,
        "page": page,
        "row": Row("Nele Vandamme, CAW Limburg", datetime(2026, 11, 14, 8, 12, tzinfo=UTC), 3),
        "written": "Mevrouw kwam **zelf** langs.\n\n- 11/10/2026: geweld naar de keel\n- 02/08/2026: huisverbod",
        "title": "Weging toevoegen",
        "back": "#",
        "back_text": "Terug naar weging",
        "submit": "Weging vastleggen",
        "second": ("draft", "1", "Bewaren als concept"),
        **around,
    }
