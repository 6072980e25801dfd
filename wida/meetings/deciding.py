"""The triage decision as it is filled in (decree art. 5)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wida.accounts.models import Membership
from wida.dossiers.codes import Answer
from wida.meetings.codes import Consulted, TriageOutcome
from wida.web import fields

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

OUTCOMES = (
    (TriageOutcome.NO_OFFER, TriageOutcome.NO_OFFER.label, _("The referrer gets a letter with the advice")),
    (TriageOutcome.TRACK_2, TriageOutcome.TRACK_2.label, _("Four to six months")),
    (TriageOutcome.TRACK_3, TriageOutcome.TRACK_3.label, _("Twelve to eighteen months")),
    (
        TriageOutcome.MORE_INFORMATION,
        TriageOutcome.MORE_INFORMATION.label,
        _("Say who asks for what, and when it comes back"),
    ),
    (TriageOutcome.JOIN, TriageOutcome.JOIN.label, _("The family has a running dossier")),
)
TAKEN_UP = (TriageOutcome.TRACK_2, TriageOutcome.TRACK_3)


class DecisionForm(forms.Form):
    """With minors it can't be saved without the consultation of OCJ or VK."""

    outcome = fields.choice(OUTCOMES, label=_("What does the meeting decide?"), look="list")
    repeated = fields.choice(Answer.choices, label=CRITERIA[0][1])
    repeated_why = fields.long_text(label=_("Reason"), rows=3)
    sharing = fields.choice(Answer.choices, label=CRITERIA[1][1])
    sharing_why = fields.long_text(label=_("Reason"), rows=3)
    aligned = fields.choice(Answer.choices, label=CRITERIA[2][1])
    aligned_why = fields.long_text(label=_("Reason"), rows=3)
    alternatives = fields.long_text(
        label=_("Which alternatives were weighed?"),
        rows=4,
        help=_("Referring directly to help, joining help that is running, or a trajectory in the Safe Home."),
    )
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

    def __init__(self, *args, managers: list[Membership], minors: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.managers = {str(member.pk): member for member in managers}
        self.fields["case_manager"].choices = [
            ("", _("Nobody yet")),
            *((key, member.user.name) for key, member in self.managers.items()),
        ]
        for name, question in CRITERIA:
            missing = _("Fill in why, for “%(criterion)s”") % {"criterion": question}
            self.fields[f"{name}_why"].error_messages["required"] = missing
        if not minors:
            del self.fields["youth_consulted"], self.fields["youth_outcome"]

    @property
    def criteria(self) -> list[tuple]:
        """Number, the field of the answer and the field of the reason, for the page."""
        return [
            (number, self[name], self[f"{name}_why"])
            for number, (name, _question) in enumerate(CRITERIA, start=1)
        ]

    def clean(self) -> dict:
        data = super().clean()
        if data.get("outcome") in TAKEN_UP:
            self._require_what_taking_up_takes(data)
        if data.get("outcome") == TriageOutcome.NO_OFFER and not data.get("advice"):
            self.add_error(
                "advice", _("Fill in an advice: the referrer gets it when the family is not taken up")
            )
        return data

    def _require_what_taking_up_takes(self, data: dict) -> None:
        """“I don't know” is an answer, but not one with which a family can be taken up."""
        if not data.get("case_manager"):
            self.add_error("case_manager", _("Choose a case manager: the family is taken up"))
        if any(data.get(name) not in (None, Answer.YES) for name, _question in CRITERIA):
            message = _(
                "Choose another decision, or another answer: "
                "a family is only taken up when all three criteria are met"
            )
            self.add_error("outcome", message)
