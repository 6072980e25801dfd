"""Invented data for the gallery: nobody in it exists, and its national numbers fail their check."""

from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from django import forms

from wida.dossiers.codes import Colour
from wida.web import fields

PAGES = {"parts": "Parts"}
ANSWERS = {"known": "", "account": "", "happened_on": "31/02/2026", "colour": "oranje", "informed": ["b"]}


class GalleryForm(forms.Form):
    """One of every kind of field."""

    known = fields.choice(
        [("ja", "Gekend"), ("vroeger", "Vroeger gekend"), ("nee", "Niet gekend")],
        label="Is het gezin gekend bij uw dienst?",
        missing="Kies of het gezin gekend is bij uw dienst",
    )
    account = fields.long_text(
        label="Relevante informatie", help="Beschrijf feiten, data en lopende hulp. Vermijd diagnoses en meningen zonder bron."
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
    house = fields.pick([("l", "Veilig Huis Limburg"), ("a", "Veilig Huis Antwerpen")], label="Veilig Huis", required=False)
    informed = fields.many(
        [("a", "An Peeters", "Parket"), ("b", "Joris Maes", "Politie, PZ Haspengouw"), ("c", "Femke Luyten", "Justitiehuis")],
        label="Wie woog mee?",
        look="lines",
    )
    children = fields.whole_number(label="Aantal kinderen", required=False)
    telephone = fields.phone(label="Telefoon", required=False)
    report = fields.attach(label="Verslag", required=False, accept=(".pdf",), help="Een pdf van ten hoogste 25 MB")
    secrecy = fields.tick(label="Ik vul dit in als professional met beroepsgeheim.", required=True)


class Row(NamedTuple):
    signature: str
    changed_at: datetime
    version: int


def data(request: Any) -> dict[str, Any]:
    """What the pages of the gallery show."""
    return {
        "pages": PAGES,
        "row": Row("Nele Vandamme, CAW Limburg", datetime(2026, 11, 14, 8, 12, tzinfo=UTC), 3),
        "written": "Mevrouw kwam **zelf** langs.\n\n- 11/10/2026: geweld naar de keel\n- 02/08/2026: huisverbod",
        "day": date(2026, 11, 14),
    }
