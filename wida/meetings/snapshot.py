"""What was known when a decision was taken, and who could read it: kept with the decision, read years later."""

import json
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from wida.accounts.codes import OrganisationType
from wida.dossiers.models import Dossier
from wida.meetings.codes import Attendance
from wida.meetings.models import AgendaItem, Invitee
from wida.risk.codes import LABELS, SHAPES, Score
from wida.sharing.codes import LaneState


class Snapshot(NamedTuple):
    """A snapshot in words. A factor is its name, the shape of its score and the score."""

    at: Any
    colour: str
    factors: list[tuple[str, str, str]]
    lanes: list[tuple[str, str]]
    readers: list[str]
    present: list[str]


def known_now(dossier: Dossier, item: AgendaItem) -> dict:
    """The weighing, the factors, the lanes, who could read and who was there, as codes and names. Five statements."""
    from wida.risk.queries import latest_factors
    from wida.sharing.queries import lane_states, readers

    present = Invitee.objects.of(dossier).filter(item=item, attendance=Attendance.PRESENT)
    return {
        "at": timezone.now().isoformat(),
        "colour": dossier.colour,
        "factors": latest_factors(dossier),
        "lanes": [
            [status.lane, status.organisation, status.state]
            for status in lane_states(dossier)
            if status.state
        ],
        "readers": [f"{reader.name}, {reader.organisation}" for reader in readers(dossier)],
        "present": list(present.order_by("name").values_list("name", flat=True)),
    }


def told(kept: str) -> Snapshot:
    """A kept snapshot in the words of today; a code that has gone since is shown as it was stored."""
    data = json.loads(kept)
    return Snapshot(
        at=parse_datetime(data["at"]),
        colour=data["colour"],
        factors=[
            (str(LABELS.get(code, code)), SHAPES.get(score, "unknown"), _label(Score, score))
            for code, score in data["factors"].items()
        ],
        lanes=[
            (organisation or _label(OrganisationType, lane), _label(LaneState, state))
            for lane, organisation, state in data["lanes"]
        ],
        readers=data["readers"],
        present=data["present"],
    )


def _label(codes: Any, value: str) -> str:
    return str(codes(value).label) if value in codes.values else value
