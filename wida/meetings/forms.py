"""What is typed about meetings. The choices are those of one house or of one dossier; decisions are in deciding.py."""

from collections.abc import Iterable
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wida.accounts.models import Membership
from wida.meetings.codes import Attendance, InviteGround, LegalBasis, MeetingType, usual_basis
from wida.plans.codes import REVIEW_OUTCOMES, ActionState
from wida.plans.holders import Holder
from wida.web import fields
from wida.web.dates import day

OUTCOMES = [(state.value, state.label) for state in REVIEW_OUTCOMES]
FINALITY = _("Protecting the physical and psychological integrity of the members of the family")


class MeetingForm(forms.Form):
    type = fields.choice(MeetingType.choices, label=_("Kind of meeting"))
    on = fields.day(label=_("Date"))
    starts = fields.clock(label=_("Starts at"))
    place = fields.text(
        label=_("Place"),
        required=False,
        max_length=120,
        help=_("Room or online. No names of families."),
    )
    legal_basis = fields.choice(LegalBasis.choices, label=_("Legal basis"), look="stack")
    finality = fields.text(label=_("Finality"), max_length=300)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["legal_basis"].initial = usual_basis(timezone.localdate())
        self.fields["finality"].initial = FINALITY


class ItemForm(forms.Form):
    """Which meeting, and what is asked of it."""

    meeting = fields.pick([], label=_("Meeting"))
    planned_at = fields.clock(label=_("Planned at"), required=False)
    question = fields.long_text(label=_("What is the question for the table?"), rows=3)

    def __init__(self, *args, meetings, **kwargs):
        super().__init__(*args, **kwargs)
        self.meetings = {str(meeting.pk): meeting for meeting in meetings}
        self.fields["meeting"].choices = [
            ("", _("Choose a meeting")),
            *((key, f"{day(m.on)}, {m.get_type_display()}") for key, m in self.meetings.items()),
        ]


class PointForm(forms.Form):
    """What a point asks, once it is on the agenda."""

    planned_at = fields.clock(label=_("Planned at"), required=False)
    question = fields.long_text(label=_("What is the question for the table?"), rows=3)


class CancelForm(forms.Form):
    why = fields.text(
        label=_("Why does this meeting not take place?"),
        max_length=300,
        help=_("Everybody who was invited reads this. No names of families."),
    )


class InviteForm(forms.Form):
    members = fields.many([], label=_("Who is invited for this dossier?"), look="lines")
    ground = fields.choice(InviteGround.choices, label=_("On what ground?"))

    def __init__(self, *args, members: Iterable[Membership], **kwargs):
        super().__init__(*args, **kwargs)
        self.members = {str(member.pk): member for member in members}
        self.fields["members"].choices = [
            (key, f"{member.user.name}, {member.organisation.name}") for key, member in self.members.items()
        ]

    def clean_members(self) -> list[Membership]:
        return [self.members[key] for key in self.cleaned_data["members"]]


ONLY_PRESENT = _("Only who was there can confirm this: untick it, or choose “Present”")


class AttendanceForm(forms.Form):
    attendance = fields.choice(Attendance.choices, label=_("Was this person there?"))
    sworn = fields.tick(label=_("Confirmed to know of the professional secrecy, also afterwards"))
    representative_of = fields.text(
        label=_("Speaks for these colleagues"),
        required=False,
        help=_("Who was briefed before, and is told after."),
    )
    written_input = fields.long_text(label=_("Written input"), required=False, rows=4)

    def clean(self) -> dict:
        data = super().clean()
        if data.get("sworn") and data.get("attendance") not in (None, Attendance.PRESENT):
            self.add_error("sworn", ONLY_PRESENT)
        return data


class RollCallForm(forms.Form):
    """Everybody invited to a point at once: one choice and one tick per person, and the version it started from."""

    def __init__(self, *args, invitees: list, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = []
        for invitee in invitees:
            names = [f"{what}_{invitee.id.hex}" for what in ("attendance", "sworn", "version")]
            self.fields[names[0]] = fields.choice(
                Attendance.choices, label=invitee.name, initial=invitee.attendance
            )
            self.fields[names[1]] = fields.tick(
                label=_("Confirmed the secrecy"), initial=invitee.sworn_at is not None
            )
            self.fields[names[2]] = fields.hidden(initial=invitee.version)
            self.rows.append((invitee, *names))

    def clean(self) -> dict:
        data = super().clean()
        for _invitee, attendance, sworn, _version in self.rows:
            if data.get(sworn) and data.get(attendance) not in (None, Attendance.PRESENT):
                self.add_error(sworn, ONLY_PRESENT)
        return data

    def answers(self) -> list[tuple]:
        """Per invitee: the row, how they attended, whether they confirmed, and the version they were shown in."""
        data = self.cleaned_data
        return [
            (invitee, data[attendance], data[sworn], whole(data[version]))
            for invitee, attendance, sworn, version in self.rows
        ]


class NoteForm(forms.Form):
    speaker = fields.pick([], label=_("Said by"), required=False, nothing=_("The meeting"))
    text = fields.long_text(label=_("New note"), rows=4)

    def __init__(self, *args, speakers: Iterable[str], **kwargs):
        super().__init__(*args, **kwargs)
        names = dict.fromkeys(speakers)
        self.fields["speaker"].choices = [("", _("The meeting")), *((name, name) for name in names)]


class PersonPointForm(forms.Form):
    person = fields.pick([], label=_("About whom?"))
    text = fields.long_text(label=_("What was said?"), rows=4)

    def __init__(self, *args, people: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", _("Choose somebody")), *people]


class ReviewForm(forms.Form):
    """The three answers to an earlier action; two of them need a reason."""

    outcome = fields.choice(OUTCOMES, label=_("What came of it?"))
    why = fields.text(label=_("Why?"), required=False, max_length=500, help=_("Needed when it was not done."))

    def clean(self) -> dict:
        data = super().clean()
        if data.get("outcome") in (ActionState.IMPOSSIBLE, ActionState.NOT_DONE) and not data.get("why"):
            self.add_error("why", _("Write why this action was not carried out"))
        return data


class AgreementForm(forms.Form):
    """An action agreed at the table: always with an organisation and a date."""

    what = fields.text(label=_("New action"), max_length=300)
    holder = fields.pick([], label=_("Who does it?"))
    due_on = fields.day(label=_("By when?"), coming=True)
    goal = fields.pick([], label=_("For which goal?"), required=False, nothing=_("Not under a goal yet"))
    aloud = fields.tick(label=_("Accepted aloud at the table"))

    def __init__(self, *args, holders: list[Holder], goals: list, **kwargs):
        super().__init__(*args, **kwargs)
        self.holders = {key_of(holder.organisation_id, holder.user_id): holder for holder in holders}
        self.fields["holder"].choices = [
            ("", _("Choose somebody")),
            *(
                (key, f"{holder.organisation}, {holder.name}" if holder.name else holder.organisation)
                for key, holder in self.holders.items()
            ),
        ]
        self.fields["goal"].choices = [
            ("", _("Not under a goal yet")),
            *((str(goal.id), f"{goal.number}. {goal.text}") for goal in goals),
        ]

    def clean(self) -> dict:
        data = super().clean()
        holder = self.holders.get(data.get("holder"))
        if holder and data.get("aloud") and not holder.name:
            self.add_error("aloud", _("Choose the person who accepted, not only the organisation"))
        return data

    def agreed(self, data: dict) -> dict:
        """The cleaned data as the action takes them."""
        holder = self.holders[data["holder"]]
        return {
            "what": data["what"],
            "organisation_id": holder.organisation_id,
            "holder_id": holder.user_id,
            "due_on": data["due_on"],
            "goal_id": UUID(data["goal"]) if data["goal"] else None,
            "aloud": f"{holder.name}, {holder.organisation}" if data["aloud"] else "",
        }


class ReasonForm(forms.Form):
    """Words that go to the history."""

    reason = fields.long_text(label=_("Reason"), rows=3)


class ApproveForm(forms.Form):
    remark = fields.long_text(label=_("Remark"), required=False, rows=3)


class CloseForm(forms.Form):
    """Nothing to fill in when everything is there; else why the point closes all the same."""

    despite = fields.long_text(
        label=_("Why does this point close all the same?"),
        rows=3,
        help=_("And what happens with what is missing."),
    )

    def __init__(self, *args, remaining: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not remaining:
            del self.fields["despite"]


def key_of(organisation_id: UUID, user_id: UUID | None) -> str:
    """Who carries an action, as a choice: the same on the page of a point as in the form of its own."""
    return f"{organisation_id}:{user_id or ''}"


def whole(typed: str) -> int:
    """A version as it came back; anything else counts as none, which conflicts with every record."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0
