"""What a record says, as names and values: for the history, for two versions beside each other, for a last look."""

import json
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wida.people.models import (
    Address,
    ChildNote,
    ChildPanel,
    Contact,
    Custody,
    Household,
    Person,
    Relation,
    Residence,
    Service,
)
from wida.people.numbers import MASK
from wida.records.models import Record
from wida.records.queries import history
from wida.web.dates import day

KIND = {
    Person: gettext_lazy("Person"),
    Contact: gettext_lazy("Contact"),
    Address: gettext_lazy("Address"),
    Relation: gettext_lazy("Relation"),
    Household: gettext_lazy("Household"),
    Residence: gettext_lazy("Lives in a household"),
    Custody: gettext_lazy("Parental authority"),
    ChildPanel: gettext_lazy("This child"),
    ChildNote: gettext_lazy("About this child"),
    Service: gettext_lazy("Service"),
}
PERIOD = {"since": gettext_lazy("Since"), "until": gettext_lazy("Until")}
REMARK = {"note": gettext_lazy("Remark")}
FIELDS: dict[type[models.Model], dict[str, str]] = {
    Person: {
        "group": gettext_lazy("Place in the family"),
        "given_name": gettext_lazy("First name"),
        "family_name": gettext_lazy("Family name"),
        "known_as": gettext_lazy("Also known as"),
        "sex": gettext_lazy("Sex"),
        "birth_date": gettext_lazy("Date of birth"),
        "age_stated": gettext_lazy("Stated age"),
        "age_stated_on": gettext_lazy("Stated on"),
        "unborn": gettext_lazy("Not born yet"),
        "due_on": gettext_lazy("Expected on"),
        "deceased": gettext_lazy("Deceased"),
        "national_number": gettext_lazy("National register number"),
        "nationality": gettext_lazy("Nationality"),
        "languages": gettext_lazy("Languages"),
        "interpreter": gettext_lazy("Interpreter"),
        "profession": gettext_lazy("Profession or daytime activity"),
        **REMARK,
    },
    Contact: {
        "safe": gettext_lazy("Is this way safe?"),
        "safe_times": gettext_lazy("Safe times"),
        "may_leave_message": gettext_lazy("May a message be left?"),
        "kind": gettext_lazy("Kind"),
        "value": gettext_lazy("Number, address or other way"),
        **REMARK,
        "confirmed_on": gettext_lazy("Last checked on"),
    },
    Address: {
        "type": gettext_lazy("Kind of address"),
        "street": gettext_lazy("Street and number"),
        "postal_code": gettext_lazy("Postal code"),
        "place": gettext_lazy("Municipality"),
        "country": gettext_lazy("Country"),
        **PERIOD,
        "protected": gettext_lazy("Shielded"),
        "protected_why": gettext_lazy("Why is it shielded?"),
        "viewer_names": gettext_lazy("Who else may see it?"),
    },
    Relation: {
        "person": gettext_lazy("This person"),
        "kind": gettext_lazy("is the … of"),
        "other": gettext_lazy("that person"),
        "married": gettext_lazy("Married, now or before"),
        **PERIOD,
        **REMARK,
    },
    Household: {"label": gettext_lazy("Name of the household")},
    Residence: {"person": gettext_lazy("Who?"), "arrangement": gettext_lazy("Arrangement"), **PERIOD},
    Custody: {
        "child": gettext_lazy("Child"),
        "holder": gettext_lazy("Who holds or asks for it?"),
        "authority": gettext_lazy("Parental authority"),
        "arrangement": gettext_lazy("What was arranged about stay and contact?"),
        "decided_on": gettext_lazy("Decided or agreed on"),
    },
    ChildPanel: {
        "exposure": gettext_lazy("How is this child exposed to the violence?"),
        "school": gettext_lazy("School or day care"),
        "school_contact": gettext_lazy("Contact at the school"),
        "safe_person": gettext_lazy("Somebody this child trusts"),
    },
    ChildNote: {
        "kind": gettext_lazy("What is it?"),
        "on": gettext_lazy("When?"),
        "by_whom": gettext_lazy("Who heard, saw or noticed it?"),
        "text": gettext_lazy("What?"),
    },
    Service: {
        "name": gettext_lazy("Name of the service"),
        "kind": gettext_lazy("Kind of service"),
        "for_whom": gettext_lazy("For whom?"),
        "contact": gettext_lazy("Contact person"),
        "state": gettext_lazy("How does it stand?"),
        **PERIOD,
        "result": gettext_lazy("How did it go?"),
    },
}


class Reader:
    """Says what records of one dossier hold; `names` are those of its persons."""

    def __init__(self, names: Mapping[UUID, str]):
        self.names = names

    def pairs(self, record: models.Model, *, but: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
        """Every field of a record; those in `but` say nothing, and a number there is masked."""
        return self.said(type(record), state_of(record), but=but)

    def versions(self, record: Record) -> list[tuple]:
        """What stood before, newest first: until when, by whom, and its fields."""
        return [
            (row.replaced_at, row.signature, self.said(type(record), row.state)) for row in history(record)
        ]

    def said(
        self, model: type[models.Model], state: dict, *, but: frozenset[str] = frozenset()
    ) -> list[tuple[str, str]]:
        return [
            (label, self.value(model, name, state.get(name), hide=name in but))
            for name, label in FIELDS[model].items()
        ]

    def value(self, model: type[models.Model], name: str, value, *, hide: bool = False) -> str:
        """One value in words; nothing for what isn't filled in."""
        if value is None or value == "":
            return ""
        if hide:
            return MASK if name == "national_number" else _("Shielded")
        field = model._meta.get_field(name)
        if isinstance(field, models.ForeignKey):
            return self.names.get(UUID(value), "")
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if isinstance(field, models.BooleanField):
            return _("Yes") if value else _("No")
        if isinstance(field, models.DateField) or name == "birth_date":
            return day(date.fromisoformat(value))
        return str(value)


def state_of(record: models.Model) -> dict:
    """The fields of a record as a revision keeps them."""
    state = {name: getattr(record, record._meta.get_field(name).attname) for name in FIELDS[type(record)]}
    return json.loads(json.dumps(state, cls=DjangoJSONEncoder))
