"""What is typed at the end of a trajectory."""

from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wida.closure.codes import RETENTION_YEARS, RETENTION_YEARS_AGREED, WATCH_MONTHS, ContactWith, Reached
from wida.dossiers.codes import Answer, ClosureReason, Stage
from wida.web import fields
from wida.web.dates import day


class WatchForm(forms.Form):
    goals_reached = fields.choice(Reached.choices, label=_("Are the goals of the case management reached?"))
    violence_stopped = fields.choice(Answer.choices, label=_("Did the violence stop?"))
    motivation = fields.long_text(
        label=_("On what do you base that?"), help=_("Who established it, and since when?")
    )
    watch_until = fields.day(label=_("The watch period lasts until"), coming=True)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["watch_until"].initial = timezone.localdate() + timedelta(days=WATCH_MONTHS * 61 // 2)

    def clean_watch_until(self):
        until = self.cleaned_data["watch_until"]
        if until <= timezone.localdate():
            raise forms.ValidationError(_("Fill in a day after today"))
        return until


class ContactForm(forms.Form):
    contact_with = fields.choice(ContactWith.choices, label=_("With whom?"))
    whom = fields.text(label=_("Name of the person or service"))
    planned_on = fields.day(label=_("When?"), coming=True)


class ReportForm(forms.Form):
    done_on = fields.day(label=_("On which day did you speak to them?"), past=True)
    new_violence = fields.choice(Answer.choices, label=_("Was there new violence?"))
    outcome = fields.long_text(label=_("What did you hear?"))

    def __init__(self, *args, since: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.since = since

    def clean_done_on(self) -> date:
        """Asking again is asking within the watch period."""
        done_on = self.cleaned_data["done_on"]
        if done_on < self.since:
            raise forms.ValidationError(
                _("Fill in a day in the watch period: it started on %(day)s"), params={"day": day(self.since)}
            )
        return done_on


class WithdrawForm(forms.Form):
    reason = fields.long_text(label=_("Reason"), rows=3)


class ResumeForm(forms.Form):
    reason = fields.long_text(
        label=_("Why do you resume?"), help=_("For example: new violence, or a worry of one of the services.")
    )


class CloseForm(forms.Form):
    """The reason fits the stage: goals reached only after a watch period in which nobody spoke of new violence."""

    reason = fields.choice([], label=_("Why does the dossier close?"), look="stack")
    outcome = fields.long_text(
        label=_("How did it end for each of them?"),
        help=_("What goes on: help, justice, follow-up of the children."),
    )
    evaluation = fields.long_text(label=_("What did the partners learn from this approach?"))
    retain_years = fields.whole_number(
        label=_("How many years is the dossier kept?"),
        minimum=1,
        maximum=RETENTION_YEARS_AGREED,
        help=_(
            "At most 15 years. At most 30 when everybody in the meeting agrees, "
            "for certain forms of violence or serious offences."
        ),
    )
    retain_ground = fields.long_text(label=_("Longer than 15 years: on what ground?"), required=False, rows=3)
    retain_agreed = fields.long_text(
        label=_("Longer than 15 years: who agreed?"),
        required=False,
        rows=3,
        help=_("The names of all participants, and their organisations."),
    )

    def __init__(self, *args, stage: str, heard: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.heard = heard
        left_out = {ClosureReason.NOT_TAKEN_UP, ClosureReason.JOINED}
        if stage != Stage.WATCH:
            left_out |= {ClosureReason.GOALS_REACHED}
        self.fields["reason"].choices = [pair for pair in ClosureReason.choices if pair[0] not in left_out]
        self.fields["retain_years"].initial = RETENTION_YEARS

    def clean(self) -> dict:
        data = super().clean()
        if data.get("reason") == ClosureReason.GOALS_REACHED:
            self._require_an_end_of_violence()
        if data.get("retain_years"):
            self._require_agreement(data)
        return data

    def _require_an_end_of_violence(self) -> None:
        """`heard` are the answers about new violence of everybody who was asked again."""
        if Answer.YES in self.heard:
            self.add_error(
                "reason", _("Choose another reason, or resume: new violence was reported in the watch period")
            )
        elif self.heard and Answer.NO not in self.heard:
            self.add_error(
                "reason",
                _("Choose another reason, or ask again: nobody could say that there was no new violence"),
            )

    def _require_agreement(self, data: dict) -> None:
        """Longer than 15 years takes a ground and the consent of all (decree art. 15 §3); shorter takes neither."""
        longer = data["retain_years"] > RETENTION_YEARS
        if longer and not data.get("retain_ground"):
            self.add_error(
                "retain_ground",
                _("Fill in the ground for keeping it longer than 15 years, or choose 15 years or less"),
            )
        if longer and not data.get("retain_agreed"):
            self.add_error(
                "retain_agreed",
                _("Fill in who agreed to keep it longer than 15 years, or choose 15 years or less"),
            )
        if not longer:
            for name in ("retain_ground", "retain_agreed"):
                if data.get(name):
                    self.add_error(name, _("Empty this, or choose more than 15 years"))
