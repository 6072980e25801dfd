"""How persons belong together: relations, households, custody."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wida.people.codes import COUPLE, INVERSE, SYMMETRIC, TURNED, Authority, RelationKind
from wida.people.forms import check_period, overlaps
from wida.web import fields

KINDS = [
    row
    for kind in RelationKind
    for row in ([(kind.value, kind.label)] + ([INVERSE[kind]] if kind in INVERSE else []))
]
NO_PLACES = _("Do not name a place: the name of a household is seen by everybody who may read this tab.")


class RelationForm(forms.Form):
    """One person is … of another. `standing` are the relations of the dossier, without the one that is edited."""

    person = fields.pick([], label=_("This person"))
    kind = fields.pick(KINDS, label=_("is the … of"))
    other = fields.pick([], label=_("that person"))
    married = fields.tick(label=_("Married, now or before"))
    since = fields.day(label=_("Since"), required=False)
    until = fields.day(label=_("Until"), required=False)
    note = fields.long_text(label=_("Remark"), required=False, rows=3)

    def __init__(self, *args, persons, standing=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.standing = standing
        self.fields["person"].choices = self.fields["other"].choices = [("", _("Choose")), *persons]

    def clean(self):
        data = super().clean()
        if data.get("kind") in TURNED:
            data["kind"] = TURNED[data["kind"]]
            data["person"], data["other"] = data.get("other"), data.get("person")
        check_period(self)
        if data.get("married") and data.get("kind") and data["kind"] not in COUPLE:
            self.add_error("married", _("Only partners and ex-partners can be married"))
        if not self.errors:
            self._check_pair(data)
        return data

    def _check_pair(self, data):
        if data["person"] == data["other"]:
            self.add_error("other", _("Choose two different persons"))
        elif self._exists(data["person"], data["other"], data):
            self.add_error(None, _("This relation is already written down. Change that one instead."))
        elif self._exists(data["other"], data["person"], data):
            double = _("This relation is already written down. Change that one instead.")
            turned = _("The opposite is already written down: change or withdraw that relation first.")
            self.add_error(None, double if data["kind"] in SYMMETRIC else turned)

    def _exists(self, person: str, other: str, data) -> bool:
        return any(
            (str(row.person_id), str(row.other_id), row.kind) == (person, other, data["kind"])
            and overlaps(data.get("since"), data.get("until"), row)
            for row in self.standing
        )


class HouseholdForm(forms.Form):
    """People under one roof, from a day on."""

    label = fields.text(label=_("Name of the household"), required=False, max_length=80, help=NO_PLACES)
    members = fields.many([], label=_("Who lives there?"), look="stack")
    arrangement = fields.text(
        label=_("Arrangement"),
        required=False,
        help=_("For example: week and week about, or every other weekend."),
    )
    since = fields.day(label=_("Since"), required=False)
    until = fields.day(label=_("Until"), required=False)

    def __init__(self, *args, persons, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["members"].choices = persons

    def clean(self):
        check_period(self)
        return super().clean()


class HouseholdLabelForm(forms.Form):
    label = fields.text(label=_("Name of the household"), required=False, max_length=80, help=NO_PLACES)


class ResidenceForm(forms.Form):
    """One person lives in one household. `standing`: the other residences of the dossier.

    `masked`: what stands in these fields is not shown to this writer, so the form doesn't ask for it and it stays.
    """

    person = fields.pick([], label=_("Who?"))
    household = fields.pick([], label=_("In which household?"))
    arrangement = fields.text(
        label=_("Arrangement"),
        required=False,
        help=_("For example: week and week about, or every other weekend."),
    )
    since = fields.day(label=_("Since"), required=False)
    until = fields.day(label=_("Until"), required=False)

    def __init__(self, *args, persons, households, standing=(), masked=frozenset(), **kwargs):
        super().__init__(*args, **kwargs)
        self.standing = standing
        for name in masked:
            del self.fields[name]
        self.fields["person"].choices = [("", _("Choose")), *persons]
        self.fields["household"].choices = [("", _("Choose")), *households]

    def clean(self):
        data = super().clean()
        check_period(self)
        pair = data.get("person"), data.get("household")
        if not self.errors and any(
            (str(row.person_id), str(row.household_id)) == pair
            and overlaps(data["since"], data["until"], row)
            for row in self.standing
        ):
            self.add_error("person", _("This person already lives in this household in that period"))
        return data


class CustodyForm(forms.Form):
    """Who holds authority over a child. `standing` as in the other forms: one arrangement per child and holder."""

    child = fields.pick([], label=_("Child"))
    holder = fields.pick([], label=_("Who holds or asks for it?"))
    authority = fields.choice(Authority, label=_("Parental authority"), look="stack")
    arrangement = fields.long_text(
        label=_("What was arranged about stay and contact?"), required=False, rows=4
    )
    decided_on = fields.day(label=_("Decided or agreed on"), required=False, past=True)

    def __init__(self, *args, children, persons, standing=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.standing = standing
        self.fields["child"].choices = [("", _("Choose")), *children]
        self.fields["holder"].choices = [("", _("Choose")), *persons]

    def clean(self):
        data = super().clean()
        pair = data.get("child"), data.get("holder")
        if all(pair) and pair[0] == pair[1]:
            self.add_error("holder", _("Choose two different persons"))
        elif any((str(row.child_id), str(row.holder_id)) == pair for row in self.standing):
            self.add_error(
                "holder",
                _("What this person holds over this child is already written down. Change that instead."),
            )
        return data
