"""For what dossiers were opened: on which grounds, by organisation and role, in numbers alone.

So that somebody notices when files are used for something else than what they are for: many exports by one
organisation, emergencies that became a habit, searches without looks.
"""

import csv
import io
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from wida.access.models import GROUND_LABELS
from wida.accounts.codes import Role
from wida.accounts.models import Organisation
from wida.audit.events import Filters, harmless, of

COUNTED = {
    "opened": Count("id", Q(action="read")),
    "dossiers": Count("dossier", Q(action="read"), distinct=True),
    "written": Count("id", Q(action__in=("added", "changed", "withdrawn"))),
    "searched": Count("id", Q(action="searched")),
    "printed": Count("id", Q(action__in=("printed", "extract_made"))),
    "taken_out": Count("id", Q(action__in=("exported", "downloaded"))),
    "revealed": Count("id", Q(action="revealed")),
    "refused": Count("id", Q(action="refused")),
}


class Purpose(NamedTuple):
    """What one role of one organisation did on the same grounds; `grounds` are codes, empty outside a dossier."""

    organisation: str
    role: str
    grounds: str
    opened: int
    dossiers: int
    written: int
    searched: int
    printed: int
    taken_out: int
    revealed: int
    refused: int

    @property
    def label(self) -> str:
        """The grounds in words. A refusal rests on none."""
        known = [str(GROUND_LABELS[code]) for code in self.grounds.split() if code in GROUND_LABELS]
        return ", ".join(known) or _("On no ground in a dossier")

    @property
    def role_label(self) -> str:
        return str(Role(self.role).label) if self.role in Role.values else self.role


def purposes(filters: Filters) -> list[Purpose]:
    """Of the days and the organisation that are asked, whoever did most first. Two statements."""
    names = dict(Organisation.objects.values_list("id", "name"))
    rows = (
        of(filters)
        .exclude(user=None)
        .order_by()
        .values_list("organisation", "role", "why")
        .annotate(**{f"n_{name}": count for name, count in COUNTED.items()})
    )
    found = [Purpose(names.get(organisation, ""), *row) for organisation, *row in rows]
    return sorted(
        (one for one in found if any(one[3:])), key=lambda one: (one.organisation, one.role, -one.opened)
    )


def as_csv(filters: Filters) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("since", "until", "organisation", "role", "grounds", *COUNTED))
    for one in purposes(filters):
        words = [harmless(one.organisation), one.role, one.grounds]
        writer.writerow([filters.since, filters.until, *words, *one[3:]])
    return out.getvalue()
