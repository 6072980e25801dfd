"""What people fill in about goals, actions and versions. The choices are those of one dossier."""

from datetime import timedelta
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wida.dossiers.codes import LifeDomain
from wida.plans.codes import ENDED_STATES, OPEN_STATES, ActionState, GoalState, SafetyPhase
from wida.plans.family import Family
from wida.plans.holders import Holder
from wida.risk.codes import CODES, LABELS, Score
from wida.web import fields

REVIEW_AFTER = timedelta(days=90)

PHASES = (
    (SafetyPhase.DIRECT, SafetyPhase.DIRECT.label, _("The violence stops and everybody is safe now")),
    (
        SafetyPhase.CAUSES,
        SafetyPhase.CAUSES.label,
        _("What feeds the violence gets help, so that safety lasts"),
    ),
    (
        SafetyPhase.RECOVERY,
        SafetyPhase.RECOVERY.label,
        _("Everybody in the family gets over it and moves on"),
    ),
)


class GoalForm(forms.Form):
    domain = fields.pick(LifeDomain, label=_("Life domain"))
    phase = fields.choice(
        PHASES,
        label=_("Safety phase"),
        help=_("A name, not an order: recovery may start while danger is still being worked on."),
        look="cards",
    )
    text = fields.long_text(
        label=_("What must become true?"),
        help=_("One sentence that the family understands too."),
        rows=2,
        max_length=500,
    )
    indicator = fields.long_text(
        label=_("This succeeds when …"),
        help=_("What will be seen or heard, so that everybody recognises it."),
        rows=2,
        max_length=1000,
    )
    target_on = fields.day(label=_("Target date"), required=False)

    def __init__(self, *args, family: Family, scores: dict[str, str], **more):
        super().__init__(*args, **more)
        choices = family.choices()
        self.fields["persons"] = fields.many(choices, label=_("For whom?"))
        self.fields["factors"] = fields.many(
            [
                (code.value, LABELS[code], Score(scores[code]).label if code in scores else "")
                for code in CODES
            ],
            label=_("Which risks does this answer?"),
            help=_("Under each risk stands how it was scored last."),
            look="lines",
            required=False,
        )
        self.fields["withheld_from"] = withheld(choices)
        self.order_fields(
            ["domain", "phase", "text", "indicator", "persons", "factors", "target_on", "withheld_from"]
        )


def withheld(choices: list[tuple[str, str]]):
    return fields.many(
        choices,
        label=_("Don't share with"),
        help=_("It then stays out of this person's extract, letters and inspection of the file."),
        required=False,
    )


class CloseGoalForm(forms.Form):
    state = fields.choice(GoalState, label=_("How does this goal stand?"))
    why = fields.long_text(
        label=_("What shows it, or why?"),
        help=_("For a goal that was reached: what is seen or heard now. For one that is let go: why."),
        rows=4,
    )
    lapse = fields.tick(label=_("The actions that are still open lapse too, with the same words"))

    def __init__(self, *args, now: str, open_actions: int, **more):
        super().__init__(*args, **more)
        self.fields["state"].choices = [(code, label) for code, label in GoalState.choices if code != now]
        if not open_actions:
            del self.fields["lapse"]


class ActionForm(forms.Form):
    what = fields.text(label=_("What will be done?"), max_length=300)
    holder = fields.pick(
        (), label=_("Who does it?"), help=_("An organisation always; the person as soon as it is known.")
    )
    start_on = fields.day(label=pgettext_lazy("start", "From"), required=False)
    due_on = fields.day(
        label=pgettext_lazy("deadline", "By"),
        required=False,
        help=_("Becomes a task of whoever does it. For example 14/11/2026"),
    )
    judicial_on = fields.day(
        label=_("Date in court"), required=False, help=_("A hearing or decision that this has to fit with.")
    )

    def __init__(self, *args, family: Family, goals: list, holders: list[Holder], state: bool, **more):
        super().__init__(*args, **more)
        self.holders = {holder.key: holder for holder in holders}
        self.fields["holder"].choices = [("", _("Choose")), *grouped(holders)]
        self.fields["goal"] = fields.pick(
            [(str(goal.id), f"{goal.number}. {goal.text}") for goal in goals],
            label=_("For which goal?"),
            nothing=_("Not under a goal yet"),
            required=False,
        )
        self.fields["investigates"] = fields.pick(
            [(code.value, LABELS[code]) for code in CODES],
            label=_("Does this find out about a risk?"),
            nothing=_("No"),
            required=False,
        )
        choices = family.choices()
        self.fields["persons"] = fields.many(
            choices, label=_("For which members of the family?"), required=False
        )
        self.fields["withheld_from"] = withheld(choices)
        if state:
            self.fields["state"] = fields.choice(
                [(code.value, code.label) for code in OPEN_STATES],
                label=pgettext_lazy("action", "State"),
                initial=ActionState.PLANNED,
            )
        self.order_fields(
            [
                "what",
                "goal",
                "holder",
                "start_on",
                "due_on",
                "judicial_on",
                "persons",
                "withheld_from",
                "investigates",
            ]
        )

    def clean(self) -> dict:
        data = super().clean()
        start, due = data.get("start_on"), data.get("due_on")
        if start and due and due < start:
            self.add_error("due_on", _("Fill in a date on or after the start"))
        return data

    def facts(self, data: dict) -> dict:
        """The cleaned data as the actions take it."""
        holder = self.holders[data.pop("holder")]
        goal = data.pop("goal")
        return data | {
            "organisation_id": holder.organisation_id,
            "holder_id": holder.user_id,
            "goal_id": UUID(goal) if goal else None,
        }


def grouped(holders: list[Holder]) -> list[tuple]:
    """Per organisation: nobody yet, then its people; who isn't invited to this dossier is marked."""
    groups: dict[str, list[tuple]] = {}
    for holder in holders:
        if holder.user_id is None:
            text = _("%(organisation)s – nobody yet") % {"organisation": holder.organisation}
        elif holder.invited:
            text = holder.name
        else:
            text = _("%(name)s (not invited yet)") % {"name": holder.name}
        groups.setdefault(holder.organisation, []).append((holder.key, text))
    return list(groups.items())


class ProgressForm(forms.Form):
    state = fields.choice(ActionState, label=pgettext_lazy("action", "State"))
    note = fields.text(
        label=_("How far is it?"),
        help=_("In a few words, for example: two of three conversations took place."),
        required=False,
        max_length=300,
    )
    outcome = fields.long_text(
        label=_("What was the result, or why did it not happen?"),
        help=_("Needed once the action has ended."),
        rows=3,
        required=False,
        max_length=2000,
    )

    def clean(self) -> dict:
        data = super().clean()
        if data.get("state") in ENDED_STATES and not data.get("outcome"):
            if data["state"] == ActionState.DONE:
                self.add_error("outcome", _("Write in a few words what the result is"))
            else:
                self.add_error("outcome", _("Write why this action was not carried out"))
        return data


class ReasonForm(forms.Form):
    """Words that go to the history."""

    reason = fields.long_text(label=_("Reason"), rows=3, max_length=2000)


class RecordForm(forms.Form):
    recorded_on = fields.day(label=_("Agreed on"), past=True)
    review_on = fields.day(
        label=_("Look at the plan again by"), coming=True, help=_("Becomes a task of the case manager.")
    )
    note = fields.long_text(
        label=pgettext_lazy("version", "Note"),
        help=_("For example with whom it was agreed, and what changed since the last version."),
        rows=3,
        required=False,
        max_length=2000,
    )

    def __init__(self, *args, **more):
        today = timezone.localdate()
        super().__init__(
            *args, **{"initial": {"recorded_on": today, "review_on": today + REVIEW_AFTER}, **more}
        )

    def clean(self) -> dict:
        data = super().clean()
        agreed, again = data.get("recorded_on"), data.get("review_on")
        if agreed and again and again <= agreed:
            self.add_error("review_on", _("Fill in a date after the day on which it was agreed"))
        return data
