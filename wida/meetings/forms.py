from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wida.accounts.codes import HOUSE_ROLES, TEAM_ROLES, Role
from wida.accounts.models import Membership
from wida.dossiers.codes import Answer
from wida.meetings.codes import (
    Attendance,
    Consulted,
    InviteGround,
    LegalBasis,
    MeetingType,
    TriageOutcome,
    usual_basis,
)
from wida.web import fields

FINALITY = _("Protecting the physical and psychological integrity of the members of the family")


class MeetingForm(forms.Form):
    type = fields.choice(MeetingType.choices, label=_("Kind of meeting"))
    on = fields.day(label=_("Date"))
    starts = fields.clock(label=_("Starts at"))
    place = fields.text(label=_("Place"), required=False, help=_("Room or online. No names of families."))
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
            *((key, f"{m.on:%d/%m/%Y}, {m.get_type_display()}") for key, m in self.meetings.items()),
        ]


class InviteForm(forms.Form):
    members = fields.many([], label=_("Who is invited for this dossier?"), look="lines")
    ground = fields.choice(InviteGround.choices, label=_("On what ground?"))

    def __init__(self, *args, safe_home_id, **kwargs):
        super().__init__(*args, **kwargs)
        team = Membership.objects.current().filter(
            organisation__safe_home_id=safe_home_id, role__in=TEAM_ROLES | HOUSE_ROLES
        )
        both = (team, Membership.objects.partners_of(safe_home_id))
        members = [m for group in both for m in group.select_related("user", "organisation__safe_home")]
        members.sort(key=lambda m: (m.organisation.name, m.user.name))
        self.members = {str(m.pk): m for m in members}
        self.fields["members"].choices = [
            (key, f"{m.user.name}, {m.organisation.name}") for key, m in self.members.items()
        ]


class AttendanceForm(forms.Form):
    attendance = fields.choice(Attendance.choices, label=_("Was this person there?"))
    representative_of = fields.text(
        label=_("Speaks for these colleagues"),
        required=False,
        help=_("Who was briefed before, and is told after."),
    )
    written_input = fields.long_text(label=_("Written input"), required=False, rows=4)


class NoteForm(forms.Form):
    speaker = fields.pick([], label=_("Said by"), required=False, nothing=_("The meeting"))
    text = fields.long_text(label=_("New note"), rows=4)

    def __init__(self, *args, speakers: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["speaker"].choices = [("", _("The meeting")), *((name, name) for name in speakers)]


class PointForm(forms.Form):
    person = fields.pick([], label=_("About whom?"))
    text = fields.long_text(label=_("What was said?"), rows=4)

    def __init__(self, *args, people: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", _("Choose somebody")), *people]


class ApproveForm(forms.Form):
    remark = fields.long_text(label=_("Remark"), required=False, rows=3)


CRITERIA = (
    ("repeated", _("Is there an increased risk of repeated violence that endangers somebody's integrity?")),
    (
        "sharing",
        _(
            "Are sharing information and a case conference between core partners necessary to break the cycle?"
        ),
    ),
    ("aligned", _("Is an aligned approach of the core partners necessary to break the cycle?")),
)


class DecisionForm(forms.Form):
    """The triage decision (decree art. 5). With minors it can't be saved without the consultation of OCJ or VK."""

    outcome = fields.choice(TriageOutcome.choices, label=_("What does the meeting decide?"), look="stack")
    repeated = fields.choice(Answer.choices, label=CRITERIA[0][1])
    repeated_why = fields.long_text(label=_("Reason"), rows=3)
    sharing = fields.choice(Answer.choices, label=CRITERIA[1][1])
    sharing_why = fields.long_text(label=_("Reason"), rows=3)
    aligned = fields.choice(Answer.choices, label=CRITERIA[2][1])
    aligned_why = fields.long_text(label=_("Reason"), rows=3)
    alternatives = fields.long_text(
        label=_("Which alternatives were weighed?"), rows=4,
        help=_("Referring directly to help, joining help that is running, or a trajectory in the Safe Home."),
    )  # fmt: skip
    youth_consulted = fields.choice(
        Consulted.choices,
        label=_("Who was consulted for the minors?"),
        missing=_("Choose who was consulted: with minors OCJ or VK must always be"),
    )
    youth_outcome = fields.long_text(
        label=_("What did they advise?"), rows=3, missing=_("Fill in what OCJ or VK advised")
    )
    case_manager = fields.pick(
        [],
        label=_("Case manager"),
        required=False,
        nothing=_("Nobody yet"),
        help=_("Needed when the family is taken up."),
    )
    motivation = fields.long_text(label=_("Motivation"))
    dissent = fields.long_text(
        label=_("Does somebody think otherwise?"), required=False, rows=3, help=_("Who, and why.")
    )
    advice = fields.long_text(
        label=_("Advice to the referrer"),
        required=False,
        rows=4,
        help=_("Needed without an active offer. The referrer reads this: no information of partners."),
    )

    def __init__(self, *args, safe_home_id, minors: bool, **kwargs):
        super().__init__(*args, **kwargs)
        managers = (
            Membership.objects.current()
            .filter(organisation__safe_home_id=safe_home_id, role=Role.CASE_MANAGER)
            .select_related("user", "organisation__safe_home")
            .order_by("user__name")
        )
        self.managers = {str(m.pk): m for m in managers}
        self.fields["case_manager"].choices = [
            ("", _("Nobody yet")),
            *((key, m.user.name) for key, m in self.managers.items()),
        ]
        for name, question in CRITERIA:
            missing = _("Fill in why, for “%(criterion)s”") % {"criterion": question}
            self.fields[f"{name}_why"].error_messages["required"] = missing
        if not minors:
            del self.fields["youth_consulted"], self.fields["youth_outcome"]

    @property
    def criteria(self):
        """Number, the field of the answer and the field of the reason, for the page."""
        return [
            (number, self[name], self[f"{name}_why"])
            for number, (name, _question) in enumerate(CRITERIA, start=1)
        ]

    def clean(self):
        data = super().clean()
        taken_up = data.get("outcome") in (TriageOutcome.TRACK_2, TriageOutcome.TRACK_3)
        if taken_up and not data.get("case_manager"):
            self.add_error("case_manager", _("Choose a case manager: the family is taken up"))
        if data.get("outcome") == TriageOutcome.NO_OFFER and not data.get("advice"):
            self.add_error(
                "advice", _("Fill in an advice: the referrer gets it when the family is not taken up")
            )
        if taken_up and any(data.get(name) == Answer.NO for name, _question in CRITERIA):
            self.add_error(
                "outcome",
                _(
                    "Choose another decision, or another answer: a family is only taken up when all three criteria are met"
                ),
            )
        return data
