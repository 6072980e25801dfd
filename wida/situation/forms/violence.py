"""What happened: incidents, patterns, measures, and how professionals understand it."""

from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wida.dossiers.codes import Answer
from wida.situation.codes import (
    PROFILE_HELP,
    RELIABILITY_HELP,
    SOURCES,
    Frequency,
    IncidentKind,
    Link,
    MeasureKind,
    Precision,
    Profile,
    Reliability,
    ViolenceForm,
    ViolenceRelation,
)
from wida.situation.forms.parts import Choices, explained, fit, why
from wida.situation.moments import END_FIRST, moment, settle
from wida.web import fields


class IncidentForm(forms.Form):
    """One fact of the chronology. With `changing` it also asks why."""

    kind = fields.pick(IncidentKind, label=_("What is it about?"))
    precision = fields.choice(Precision, label=_("How exactly do you know when?"))
    begins_on = moment(
        label=_("When?"), help=_("A day, or what you know of it: 14/11/2026, november 2026 or 2026")
    )
    ends_on = moment(label=_("Until when?"))
    at = fields.clock(label=_("At what time?"), required=False)
    froms = fields.many([], label=_("By whom?"), required=False, help=_("Leave open what is not known."))
    towards = fields.many(
        [], label=_("Towards whom?"), required=False, help=_("Of a violent incident: at least one person.")
    )
    children_present = fields.yes_no_unknown(label=_("Were children present, or did they hear or notice it?"))
    witnesses = fields.many([], label=_("Who else was there, or heard or noticed it?"), required=False)
    forms = fields.many(
        ViolenceForm,
        label=_("Forms of violence"),
        required=False,
        help=_("Of a violent incident: at least one form."),
    )
    account = fields.long_text(
        label=_("What happened?"), help=_("Describe facts. Put somebody's own words between quotation marks.")
    )
    impact = fields.long_text(
        label=_("What did it do to the children and the others?"), required=False, rows=3
    )
    response = fields.long_text(label=_("What was done, and what came of it?"), required=False, rows=3)
    source = fields.pick(
        SOURCES, label=_("Who knows this?"), help=_("The source, also when you write it down for them.")
    )
    source_note = fields.text(
        label=_("Where does it stand, or who said it?"),
        required=False,
        help=_("For example: interview of 9 February"),
    )
    reliability = fields.choice(
        explained(Reliability, RELIABILITY_HELP), label=_("How sure is it?"), look="stack"
    )
    report_number = fields.text(
        label=_("Number of the police report (PV)"),
        required=False,
        width="half",
        help=_("For example TG.43.L1.001234/2026"),
    )
    reason = why()

    def __init__(self, *args, persons: Choices, changing: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        fit(self, persons, ("froms", "towards", "witnesses"), changing)

    def clean(self) -> dict:
        data = super().clean()
        kind, froms, towards = data.get("kind"), data.get("froms"), data.get("towards")
        if kind == IncidentKind.VIOLENCE and towards == []:
            self.add_error("towards", _("Choose at least one person towards whom the violence was"))
        if kind == IncidentKind.VIOLENCE and data.get("forms") == []:
            self.add_error("forms", _("Choose at least one form of violence"))
        if kind == IncidentKind.VIOLENCE and froms and froms == towards and len(froms) == 1:
            self.add_error("towards", _("Choose somebody else than the person it came from"))
        self._when(data)
        if self.errors:
            return data
        parts = ((Link.FROM, "froms"), (Link.TOWARD, "towards"), (Link.WITNESS, "witnesses"))
        data["involved"] = [(role.value, UUID(one)) for role, name in parts for one in data.pop(name)]
        return data

    def _when(self, data: dict) -> None:
        """What the chosen precision doesn't ask is dropped: its box is out of sight."""
        precision = data.get("precision")
        if precision and precision != Precision.DAY:
            data["at"] = None
            self._errors.pop("at", None)
        if precision and precision != Precision.PERIOD:
            data["ends_on"] = None
            self._errors.pop("ends_on", None)
        if not precision or not data.get("begins_on") or "ends_on" in self.errors:
            return
        try:
            data["begins_on"], data["ends_on"] = settle(precision, data["begins_on"], data.get("ends_on"))
        except ValidationError as error:
            self.add_error(None, error)


class PatternForm(forms.Form):
    """Violence from one person to others; when changing, to one other."""

    giver = fields.pick([], label=_("From whom?"))
    receivers = fields.many([], label=_("To whom?"), help=_("WIDA makes a separate row for each person."))
    forms = fields.many(ViolenceForm, label=_("Forms of violence"))
    relation = fields.pick(ViolenceRelation, label=_("What kind of violence is it?"))
    frequency = fields.choice(Frequency, label=_("How often?"))
    since = moment(label=_("Since when?"), required=False)
    ongoing = fields.yes_no_unknown(label=_("Is it still going on?"))
    until = moment(label=_("Until when did it last?"), required=False)
    note = fields.long_text(label=_("How does it go?"), required=False, rows=4)
    reason = why()

    def __init__(self, *args, persons: Choices, changing: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if changing:
            self.fields["receivers"] = fields.pick([], label=_("To whom?"))
        fit(self, persons, ("giver", "receivers"), changing)

    def clean(self) -> dict:
        data = super().clean()
        receivers = data.get("receivers") or []
        receivers = [receivers] if isinstance(receivers, str) else receivers
        if data.get("giver") in receivers:
            self.add_error("receivers", _("Choose somebody else than the person it comes from"))
        since, until = data.pop("since", None), data.pop("until", None)
        if data.get("ongoing") != Answer.NO:
            until = None
            self._errors.pop("until", None)
        if since and until and until.last_day < since.day:
            self.add_error("until", END_FIRST)
        if self.errors:
            return data
        if since and until and until.day < since.day:
            until = until._replace(day=since.day)
        giver = data.pop("giver")
        return {
            **data,
            "giver_id": UUID(giver),
            "receivers": [UUID(one) for one in receivers],
            "since": since.day if since else None,
            "since_precision": since.precision if since else "",
            "until": until.day if until else None,
            "until_precision": until.precision if until else "",
        }


class MeasureForm(forms.Form):
    """A measure of justice or police."""

    kind = fields.pick(MeasureKind, label=_("Which measure?"))
    subjects = fields.many(
        [],
        label=_("On whom is it imposed?"),
        required=False,
        help=_("Choose at least one person, here or below."),
    )
    protected = fields.many([], label=_("Whom does it protect?"), required=False)
    begins_on = fields.day(label=_("First day"))
    ends_on = fields.day(label=_("Last day"), required=False, help=_("Leave open when no end is set."))
    extended_until = fields.day(label=_("Extended until"), required=False)
    issued_by = fields.text(
        label=_("Who decided it?"), help=_("For example: public prosecutor, family court")
    )
    reference = fields.text(label=_("Number of the decision"), required=False)
    conditions = fields.long_text(
        label=_("What does it say?"),
        required=False,
        help=_("What may not, what must, and where it does not hold."),
    )
    reason = why()

    def __init__(self, *args, persons: Choices, changing: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        fit(self, persons, ("subjects", "protected"), changing)

    def clean(self) -> dict:
        data = super().clean()
        begin, end, extended = (data.get(name) for name in ("begins_on", "ends_on", "extended_until"))
        if begin and end and end < begin:
            self.add_error("ends_on", END_FIRST)
        elif extended and not end and "ends_on" not in self.errors:
            self.add_error("ends_on", _("Fill in the first end too: an extension follows on it"))
        elif extended and end and extended <= end:
            self.add_error("extended_until", _("Fill in an extension that is later than the first end"))
        if data.get("subjects") == [] and data.get("protected") == []:
            self.add_error("subjects", _("Choose on whom it is imposed, or whom it protects"))
        if self.errors:
            return data
        parts = ((Link.SUBJECT, "subjects"), (Link.PROTECTED, "protected"))
        data["involved"] = [(role.value, UUID(one)) for role, name in parts for one in data.pop(name)]
        return data


class DynamicForm(forms.Form):
    """A dated hypothesis about the violence between two people."""

    first = fields.pick([], label=_("Whose violence is it about?"))
    second = fields.pick([], label=_("In relation to whom?"))
    profile = fields.choice(
        explained(Profile, PROFILE_HELP), label=_("How do you understand it now?"), look="stack"
    )
    on = fields.day(label=_("On which day did you see it so?"), past=True)
    grounds = fields.long_text(
        label=_("On what do you base that?"), help=_("Name facts, and who told or saw them.")
    )
    doubts = fields.long_text(label=_("What speaks against it?"), required=False, rows=3)
    reason = why()

    def __init__(self, *args, persons: Choices, changing: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        fit(self, persons, ("first", "second"), changing)

    def clean(self) -> dict:
        data = super().clean()
        if data.get("first") and data.get("first") == data.get("second"):
            self.add_error("second", _("Choose two different persons"))
        if self.errors:
            return data
        data["first_id"], data["second_id"] = UUID(data.pop("first")), UUID(data.pop("second"))
        return data
