"""What the templates of meetings call each code."""

from wida.dossiers.codes import Answer, Colour
from wida.meetings.codes import Attendance, Consulted, InviteGround, LegalBasis, MeetingType, TriageOutcome
from wida.meetings.deciding import CRITERIA

LABELS = {
    "types": dict(MeetingType.choices),
    "outcomes": dict(TriageOutcome.choices),
    "answers": dict(Answer.choices),
    "consulted": dict(Consulted.choices),
    "attendances": dict(Attendance.choices),
    "grounds": dict(InviteGround.choices),
    "bases": dict(LegalBasis.choices),
    "colours": dict(Colour.choices),
    "criteria": CRITERIA,
}
