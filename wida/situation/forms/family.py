"""What is told: the narrative, danger, who of the family was informed, remarks."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from wida.dossiers.codes import Answer
from wida.situation.actions import RECONSIDER_DAYS
from wida.situation.codes import InformedState, RemarkKind, WhyNot
from wida.situation.forms.parts import ask, fit, why
from wida.web import fields
from wida.web.dates import day

# Which answers belong to a state of "informed".
ANSWERED = {
    InformedState.INFORMED: {"on", "by_whom"},
    InformedState.NOT_YET: {"why_not", "why_not_note", "reconsider_on"},
    InformedState.TO_DO: {"by_whom", "reconsider_on"},
}


class DangerForm(forms.Form):
    """Acute danger on a day, and what was done about it."""

    on = fields.day(label=_("On which day?"), past=True)
    acute = fields.yes_no_unknown(label=_("Was there acute danger for somebody?"))
    what = fields.long_text(
        label=_("What was the danger, and for whom?"),
        required=False,
        rows=4,
        help=_("Always fill this in when there was acute danger."),
    )
    done = fields.long_text(
        label=_("What was done?"),
        required=False,
        rows=4,
        help=_("Who was called, who came, where everybody is now."),
    )
    reason = why()

    def __init__(self, *args, changing: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        fit(self, [], (), changing)

    def clean(self) -> dict:
        data = super().clean()
        if data.get("acute") == Answer.YES:
            ask(self, "what", "done")
        return data


class NarrativeForm(forms.Form):
    """The situation in the words of one organisation."""

    text = fields.long_text(
        label=_("The situation in your words"),
        rows=16,
        help=_(
            "What is going on, since when, what was tried. Say where it comes from; leave out what is not needed."
        ),
    )
    reason = why()

    def __init__(self, *args, changing: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        fit(self, [], (), changing)


class InformForm(forms.Form):
    """Whether one person was told. What the chosen state doesn't ask is dropped: it is out of sight."""

    state = fields.choice(InformedState, label=_("Does this person know of the referral?"))
    on = fields.day(label=_("On which day were they told?"), past=True)
    by_whom = fields.text(label=_("By whom?"), help=_("Who told them, or who will."))
    why_not = fields.choice(WhyNot, label=_("Why not?"), look="stack")
    why_not_note = fields.long_text(label=_("Explain briefly"), rows=3)
    reconsider_on = fields.day(
        label=_("When do you look at it again?"),
        coming=True,
        help=format_lazy(
            _("Within {days} days. On that day you get a task, without a name in the message."),
            days=RECONSIDER_DAYS,
        ),
    )
    wishes = fields.long_text(
        label=_("What does this person wish and need?"),
        required=False,
        rows=4,
        help=_("In their own words, if you can."),
    )

    def clean(self) -> dict:
        data = super().clean()
        state = data.get("state")
        kept = ANSWERED.get(state, set())
        for name in {"on", "by_whom", "why_not", "why_not_note", "reconsider_on"} - kept:
            self._leave(name, data)
        if state == InformedState.TO_DO:
            for name in kept:
                if not self.data.get(name, "").strip():
                    self._leave(name, data)
        latest = timezone.localdate() + timedelta(days=RECONSIDER_DAYS)
        if data.get("reconsider_on") and data["reconsider_on"] > latest:
            self.add_error("reconsider_on", _("Choose a day not later than %(day)s") % {"day": day(latest)})
        return data

    def _leave(self, name: str, data: dict) -> None:
        self._errors.pop(name, None)
        data[name] = None if name in ("on", "reconsider_on") else ""


class RemarkForm(forms.Form):
    """Words about the words of another organisation."""

    kind = fields.choice(RemarkKind, label=_("What do you want to say?"))
    text = fields.long_text(
        label=_("Your remark"), help=_("The words of the other organisation stay as they are.")
    )


class WithdrawForm(forms.Form):
    reason = fields.text(
        label=_("Why do you withdraw this?"), help=_("The row stays readable among what was withdrawn.")
    )
