"""The forms of signals, instruments, weighings and the legend."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wida.dossiers.codes import Colour
from wida.risk.codes import NEEDS_MOTIVATION, SIGNAL_STATES, Flag
from wida.web import fields


class SignalForm(forms.Form):
    """A critical signal told between two assessments."""

    flag = fields.choice(Flag, label=_("Which signal?"))
    state = fields.choice(
        [(state.value, state.label) for state in SIGNAL_STATES],
        label=_("What do you tell?"),
        help=_("“Absent” means: you looked into it and did not find it."),
    )
    seen_on = fields.day(label=_("When was it seen or looked into?"), past=True)
    account = fields.long_text(label=_("What was seen or said?"), required=False, rows=4)
    source = fields.text(
        label=_("Source"), help=_("For example: police report of 31/10/2026, talk of 09/02/2027")
    )

    def __init__(self, data=None, *, persons):
        super().__init__(data)
        self.fields["not_for"] = fields.pick(
            persons, label=_("Don't share with"), required=False, nothing=_("Nobody in particular")
        )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("state") in NEEDS_MOTIVATION and not data.get("account"):
            self.add_error("account", _("Describe what was seen or said"))
        return data


class InstrumentForm(forms.Form):
    """The result of an instrument that was filled in elsewhere."""

    name = fields.text(
        label=_("Name of the instrument"),
        max_length=120,
        help=_("For example RTI Partnergeweld, checklist COL 15/2020, B-SAFER. Don't copy its questions."),
    )
    edition = fields.text(label=_("Version"), required=False, max_length=60)
    used_on = fields.day(label=_("Filled in on"), past=True)
    assessor = fields.text(label=_("Filled in by"), help=_("Name and service"))
    trained = fields.yes_no_unknown(label=_("Was this person trained in it?"))
    outcome = fields.long_text(
        label=_("Outcome"), rows=4, help=_("As the instrument reports it. WIDA does not calculate with it.")
    )
    missing = fields.long_text(label=_("What could not be filled in?"), required=False, rows=3)
    limits = fields.long_text(
        label=_("What should a reader keep in mind?"),
        required=False,
        rows=3,
        help=_("For whom it was made, who was not heard."),
    )

    def __init__(self, data=None, *, persons, initial=None):
        super().__init__(data, initial=initial)
        self.fields["about"] = fields.pick(
            persons, label=_("About whom?"), required=False, nothing=_("Not known")
        )
        self.fields["towards"] = fields.pick(
            persons, label=_("Towards whom?"), required=False, nothing=_("Not known")
        )
        order = (
            "name",
            "edition",
            "used_on",
            "assessor",
            "trained",
            "about",
            "towards",
            "outcome",
            "missing",
            "limits",
        )
        self.order_fields(order)


class ReasonForm(forms.Form):
    """Why something is taken out."""

    reason = fields.long_text(
        label=_("Why?"), rows=4, help=_("It stays readable in the history, with your reason.")
    )


class WeighingForm(forms.Form):
    """The members decide: no colour is chosen beforehand. `flags` counts the critical signals that are there."""

    def __init__(
        self,
        data=None,
        *,
        legend,
        kinds,
        members,
        organisations,
        flags: int,
        corrects: bool = False,
        initial=None,
    ):
        super().__init__(data, initial=initial)
        self.flags = flags
        self.organisations = dict(organisations)
        self.employers = {key: organisation for key, _name, organisation in members}
        self.fields["colour"] = fields.choice(
            [(colour.value, colour.label, legend[colour]) for colour in Colour],
            label=_("Which weighing do the members give?"),
            help=_("The members decide. WIDA proposes no colour."),
            missing=_("Choose a weighing"),
            look="colours",
        )
        self.fields["why_milder"] = fields.long_text(
            label=_("Why do you weigh milder?"),
            required=False,
            rows=4,
            help=_("Name for each signal what changed and who established that."),
        )
        self.fields["motivation"] = fields.long_text(
            label=_("Motivation"),
            help=_("How serious is it, and why now? Write so that somebody who wasn't there understands."),
            missing=_("Motivate the weighing"),
        )
        self.fields["weighed_on"] = fields.day(label=_("Day of the meeting"), past=True)
        self.fields["meeting"] = fields.choice(
            [(kind.value, kind.label) for kind in kinds],
            label=_("Kind of meeting"),
            missing=_("Choose the kind of meeting"),
        )
        self.fields["participants"] = fields.many(
            members,
            label=_("Who weighed along?"),
            required=False,
            help=_("Only members of this dossier. You always weigh along."),
            look="lines",
        )
        self.fields["excused"] = fields.many(
            organisations, label=_("Which organisations were excused?"), required=False, look="lines"
        )
        self.fields["dissent"] = fields.long_text(
            label=_("Another view"),
            required=False,
            rows=3,
            help=_("Did somebody disagree? Note who and why."),
        )
        if corrects:
            self.fields["why_corrected"] = fields.long_text(
                label=_("What was wrong?"), rows=3, missing=_("Say what was wrong in the first text")
            )

    @property
    def is_milder(self) -> bool:
        """The colour is milder than the open signals suggest. That is allowed, with a reason."""
        return bool(self.flags) and self.cleaned_data.get("colour") in (Colour.GREEN, Colour.ORANGE)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if self.is_milder and not data.get("why_milder"):
            self.add_error("why_milder", _("Explain why you weigh milder than the signals"))
        present = {self.employers[key] for key in data.get("participants", [])}
        for organisation in data.get("excused", []):
            if self.organisations[organisation] in present:
                self.add_error(
                    "excused",
                    _("%(organisation)s weighed along, so it can't be excused")
                    % {"organisation": self.organisations[organisation]},
                )
        return data


class LegendForm(forms.Form):
    """What the colours mean from a day on."""

    valid_from = fields.day(label=_("Holds from"), coming=True)
    reason = fields.long_text(label=_("Why does the legend change?"), rows=3, max_length=500)

    def __init__(self, data=None, *, last: date | None, initial=None):
        super().__init__(data, initial=initial)
        self.last = last
        for colour, name in ((Colour.GREEN, "green"), (Colour.ORANGE, "orange"), (Colour.RED, "red")):
            self.fields[f"{name}_name"] = fields.text(
                label=_("%(colour)s: short name") % {"colour": colour.label}, max_length=60
            )
            self.fields[name] = fields.long_text(
                label=_("%(colour)s: meaning") % {"colour": colour.label}, rows=3, max_length=500
            )

    def clean_valid_from(self) -> date:
        day = self.cleaned_data["valid_from"]
        if self.last and day <= self.last:
            raise forms.ValidationError(_("Fill in a day after the start of the last version"))
        return day
