"""A row of the situation as somebody would type it again."""

from uuid import UUID

from wida.people.models import whom
from wida.records.models import Record
from wida.situation.codes import Link
from wida.situation.models import Dynamic, Incident, Measure, Pattern
from wida.situation.moments import typed

FIELD_OF = {
    Link.FROM: "froms",
    Link.TOWARD: "towards",
    Link.WITNESS: "witnesses",
    Link.SUBJECT: "subjects",
    Link.PROTECTED: "protected",
}


def initial(record: Record) -> dict:
    """The values for the form of a row's kind. Who is involved takes one statement."""
    values = {field.name: getattr(record, field.attname) for field in record._meta.concrete_fields}
    if isinstance(record, Pattern):
        values["giver"], values["receivers"] = str(record.giver_id), str(record.receiver_id)
        values["since"] = typed(record.since, record.since_precision)
        values["until"] = typed(record.until, record.until_precision)
    if isinstance(record, Dynamic):
        values["first"], values["second"] = str(record.first_id), str(record.second_id)
    if isinstance(record, Incident):
        values["begins_on"] = typed(record.begins_on, record.precision)
        values["ends_on"] = typed(record.ends_on, record.precision)
    if isinstance(record, Incident | Measure):
        for role, person in _involved(record):
            values.setdefault(FIELD_OF[Link(role)], []).append(str(person))
    return values


def persons_in(record: Record) -> list[UUID]:
    """Everybody whom a row names, each once."""
    if isinstance(record, Incident | Measure):
        return list(dict.fromkeys(person for _role, person in _involved(record)))
    names = ("giver_id", "receiver_id", "first_id", "second_id")
    return [getattr(record, name) for name in names if hasattr(record, name)]


def _involved(record: Incident | Measure):
    return record.involved.filter(edition=record.edition).order_by("id").values_list("role", whom())
