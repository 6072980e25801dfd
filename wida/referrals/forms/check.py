"""What is asked while a referral is checked and decided."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wida.accounts.models import Membership
from wida.dossiers.codes import Answer
from wida.dossiers.models import Dossier
from wida.referrals.codes import (
    ALTERNATIVES,
    CLEARANCE_WORKING_DAYS,
    CRITERIA,
    LEGAL_BASES,
    LegalBasis,
    RefusalGround,
    YouthBody,
)
from wida.referrals.models import YES_OR_NO
from wida.referrals.terms import working_days_after
from wida.web import fields
from wida.web.dates import day as written


class CriteriaForm(forms.Form):
    """The three criteria, each with its reason, and the alternatives. The coordinator must have weighed all three."""

    def __init__(self, *args: Any, weighs: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for point in CRITERIA:
            self.fields[point.code] = fields.yes_no_unknown(label=point.label)
            self.fields[f"{point.code}_why"] = fields.long_text(
                label=_("Why? Name facts and dates"),
                rows=3,
                missing=_("Fill in why, for “%(criterion)s”") % {"criterion": point.label},
            )
        for point in ALTERNATIVES:
            self.fields[point.code] = fields.long_text(
                label=point.label, help=point.hint, rows=2, required=weighs
            )

    @property
    def criteria(self):
        """Number, point, the field of the answer and the field of the reason, for the page."""
        return [
            (number, point, self[point.code], self[f"{point.code}_why"])
            for number, point in enumerate(CRITERIA, start=1)
        ]

    @property
    def alternatives(self):
        return [self[point.code] for point in ALTERNATIVES]


class ProportionalityForm(forms.Form):
    answer = fields.choice(
        YES_OR_NO,
        label=_("Is it proportionate to share information and to breach professional confidentiality?"),
    )
    motivation = fields.long_text(
        label=_("Motivation"),
        help=_(
            "What is the danger, why is less not enough, and what do the partners need to know from each other?"
        ),
    )


class AskClearanceForm(forms.Form):
    """Which criminologist of the prosecutor's office is asked, and by when."""

    member = fields.choice([], label=_("Who is asked?"), look="stack")
    question = fields.long_text(
        label=_("Question or explanation"),
        required=False,
        rows=3,
        help=_("They read the whole referral until they answer. Write here only what does not stand there."),
    )
    due_on = fields.day(label=_("Answer by"), coming=True)

    def __init__(self, *args: Any, members: list[Membership], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.members = {str(member.pk): member for member in members}
        self.fields["member"].choices = [
            (key, f"{member.user.name}, {member.organisation.name}") for key, member in self.members.items()
        ]
        self.fields["due_on"].initial = working_days_after(timezone.localdate(), CLEARANCE_WORKING_DAYS)

    def clean_member(self) -> Membership:
        return self.members[self.cleaned_data["member"]]


class AnswerClearanceForm(forms.Form):
    answer = fields.choice(YES_OR_NO, label=_("May this dossier be opened for sharing information?"))
    basis = fields.choice(
        [(ground.code, ground.text) for ground in LEGAL_BASES],
        label=_("On which legal basis?"),
        help=_(
            "Needed for a yes. Whether the new Penal Code started on 8 April 2026 was not certain: choose what holds."
        ),
        look="stack",
        missing=_("Choose on which legal basis the dossier may be opened"),
    )
    decided_on = fields.day(label=_("Date of the decision"), past=True)
    motivation = fields.long_text(label=_("Motivation"), rows=4)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["basis"].widget.helps = {ground.code: _held(ground) for ground in LEGAL_BASES}
        if self.is_bound:
            self.fields["basis"].required = self.data.get("answer") == Answer.YES

    def clean(self) -> dict:
        data = super().clean()
        if data.get("answer") == Answer.NO:
            data["basis"] = ""
        self._check_day(data.get("basis"), data.get("decided_on"))
        return data

    def _check_day(self, code: str | None, day: date | None) -> None:
        ground = next((ground for ground in LEGAL_BASES if ground.code == code), None)
        if ground and day and not ground.held_on(day):
            self.add_error(
                "basis",
                _("Choose another legal basis: this one did not hold yet on the date of the decision"),
            )


def _held(ground: LegalBasis) -> str:
    """From when until when a ground holds, in words."""
    days = {"since": written(ground.since), "until": written(ground.until)}
    return (gettext("from %(since)s until %(until)s") if ground.until else gettext("from %(since)s")) % days


class YouthConsultationForm(forms.Form):
    body = fields.choice(YouthBody, label=_("Who was consulted?"), look="stack")
    consulted_on = fields.day(label=_("When"), past=True)
    contact = fields.text(label=_("With whom"), help=_("Name and function."))
    outcome = fields.long_text(
        label=_("Outcome"), rows=4, help=_("What they advise, and whether they stay involved.")
    )


class SendBackForm(forms.Form):
    reason = fields.long_text(
        label=_("What must be completed?"),
        help=_("The referrer reads this. Name each part and what is missing there."),
        rows=5,
    )


class RefuseForm(forms.Form):
    """The letter to a referrer whose family isn't taken up: the reason per criterion and the advice."""

    ground = fields.choice(RefusalGround, label=_("Why is this referral not taken up?"), look="stack")
    opening = fields.long_text(
        label=_("How the letter begins"),
        required=False,
        rows=3,
        help=_("Left open, the usual words stand there."),
    )
    advice = fields.long_text(
        label=_("Advice to the referrer"),
        help=_(
            "What the referrer can do now, and with whom. Name nothing that the prosecutor or the police told you."
        ),
    )
    contact = fields.text(
        label=_("Whom can the referrer ask?"),
        help=_("Name, and telephone number or e-mail address at the Safe Home."),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for point in CRITERIA:
            self.fields[f"{point.code}_why"] = fields.long_text(label=point.label, rows=2)
        self.order_fields(
            ["ground", "opening", *(f"{point.code}_why" for point in CRITERIA), "advice", "contact"]
        )

    @property
    def reasons(self):
        return [self[f"{point.code}_why"] for point in CRITERIA]


class JoinForm(forms.Form):
    """`find` looks a number up among the running dossiers the coordinator knows of."""

    number = fields.text(
        label=_("Number of the existing dossier"), max_length=20, help=_("For example LIMB10034")
    )
    reason = fields.long_text(label=_("Why does this referral belong there?"), rows=4)

    def __init__(self, *args: Any, find, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.find = find

    def clean_number(self) -> Dossier:
        dossier = self.find(self.cleaned_data["number"])
        if dossier is None:
            raise ValidationError(
                _(
                    "Fill in the number of a running dossier of your Safe Home: %(number)s is not one you can join to"
                ),
                "unknown",
                {"number": self.cleaned_data["number"]},
            )
        return dossier
