"""What each field holds and how it is kept: the catalogue of data, made from the models.

A text that stands in clear is named here, or `class_of` raises: whoever adds one decides whether it may.
"""

from collections.abc import Iterator
from typing import NamedTuple

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from wida.records.sealing import SealedText

CLASSES = {
    "identity": "who somebody of the family is, and how to reach them",
    "protected": "where somebody is, or what leads there",
    "narrative": "what somebody wrote, said or decided, in words",
    "code": "a fact from a list, a number, a day or a moment",
    "professional": "who works on it, for whom",
    "technical": "keys, links, tokens and marks of the system itself",
}

IDENTITY = {
    "dossiers.dossier": "family_name",
    "people.person": "given_name family_name known_as birth_date national_number nationality languages profession",
    "people.contact": "value",
    "people.household": "label",
    "attachments.attachment": "name",
}
PROTECTED = {
    "people.address": "street postal_code place country viewer_names municipality",
    "people.childpanel": "school school_contact",
    "people.residence": "arrangement",
    "situation.incident": "report_district",
}
# In clear, since nothing of a family stands in it: what a house says to itself or to all, and names of documents.
OPEN_TEXTS = {
    "plans.policysignal": "text",
    "meetings.meeting": "place finality cancelled_why",
    "risk.legend": "green_name green orange_name orange red_name red reason",
    "risk.instrument": "name edition",
    "referrals.clearance": "basis basis_text",
    "audit.check": "fault",
}
PROFESSIONAL = {
    "accounts.safehome": "name seat prefix",
    "accounts.policezone": "code name",
    "accounts.organisation": "name code",
    "accounts.partnership": "agreement",
    "accounts.user": "login name email issuer subject",
    "accounts.membership": "function",
    "access.conflictblock": "blocked_name",
    "access.blockproposal": "user_signature decided_by",
    "access.mandate": "holder_signature",
    "inspection.inspection": "released_signature",
    "access.alert": "seen_by",
    "dossiers.dossier": "changed_by",
    "dossiers.task": "created_by done_by role",
    "referrals.clearancerequest": "asked_signature",
    "referrals.clearance": "function",
    "referrals.inflowstep": "to",
    "referrals.letter": "approved_by sent_by",
    "referrals.move": "answered_by",
    "risk.participant": "name organisation_name",
    "sharing.contribution": "role function",
    "meetings.meeting": "made_by changed_by",
    "meetings.agendaitem": "closed_by",
    "meetings.invitee": "name",
    "meetings.note": "speaker",
    "plans.action": "accepted_by accepted_noted_by",
    "closure.destruction": "proposed_signature approved_signature",
    "accounts.factorreset": "asked_signature",
    "consults.consult": "withdrawn_by",
    "consults.groupsession": "withdrawn_by",
    "audit.event": "role source",
}
SHORT_CODES = {
    "api.policereport": "receipt zone",
    "figures.figure": "value",
    "audit.event": "action part table detail why",
    "dossiers.dossier": "number changed_part",
    "dossiers.transition": "name",
    "dossiers.task": "detail",
    "referrals.inflow": "receipt",
    "referrals.inflowstep": "detail",
    "situation.incident": "report_prevention_code",
    "situation.involved": "role",
    "situation.remark": "about",
    "sharing.contribution": "basis",
    "plans.action": "investigates",
    "plans.setaside": "subject score",
    "closure.destruction": "number",
    "consults.consult": "confirmed",
    "drafts.presence": "part place",
    "drafts.draft": "part place",
}
TECHNICAL = {
    "keeping.ledgermark": "digest",
    "keeping.keyseen": "kind fingerprint",
    "people.merge": "moved",
    "records.revision": "table replaced_by",
    "records.submission": "path location",
    "audit.event": "session",
    "audit.batch": "root previous key signature",
    "accounts.user": "password",
    "accounts.session": "session_key session_data",
    "accounts.attempt": "key",
    "accounts.invitation": "digest",
    "accounts.browser": "digest",
    "attachments.attachment": "mime stored",
    "attachments.examination": "copy",
}
NAMED = {
    "identity": IDENTITY, "protected": PROTECTED, "narrative": OPEN_TEXTS, "professional": PROFESSIONAL,
    "code": SHORT_CODES, "technical": TECHNICAL,
}  # fmt: skip


class Field(NamedTuple):
    name: str
    kind: str
    sealed: bool


class Unclassified(Exception):
    """A text in clear that nobody decided about."""


def class_of(field: models.Field) -> str:
    """Raises `Unclassified`."""
    label = field.model._meta.label_lower
    for kind, named in NAMED.items():
        if field.name in named.get(label, "").split():
            return kind
    if isinstance(field, SealedText):
        return "narrative"
    if field.name == "signature" and isinstance(field, models.CharField):
        return "professional"
    if field.is_relation or isinstance(field, models.UUIDField | models.BinaryField | models.BigIntegerField):
        return "technical"
    if field.choices or not isinstance(
        field, models.CharField | models.TextField | models.JSONField | ArrayField
    ):
        return "code"
    if isinstance(field, ArrayField):
        return "technical" if isinstance(field.base_field, models.UUIDField) else "code"
    raise Unclassified(
        f"{label}.{field.name}: seal it, or say in wida/records/classes.py why it may stand in clear"
    )


def fields() -> Iterator[tuple[str, list[Field]]]:
    """Each table of ours with its fields."""
    for model in sorted(apps.get_models(), key=lambda model: model._meta.label_lower):
        if model.__module__.startswith("wida."):
            found = model._meta.concrete_fields
            yield (
                model._meta.label_lower,
                [Field(field.name, class_of(field), isinstance(field, SealedText)) for field in found],
            )


def as_markdown() -> str:
    """For docs/fields.md."""
    lines = [
        "# What each field holds",
        "",
        "Made by `wida fields` from the models; a test compares. The ground of every class is the decree of",
        "29 March 2024 on the Safe Homes. What hangs on a dossier lives as long as its dossier and becomes",
        "unreadable with its key; the trail, and who works where, stay.",
        "",
        "| class | what |",
        "|---|---|",
        *(f"| {kind} | {what} |" for kind, what in CLASSES.items()),
        "",
        "Sealed fields are encrypted under the key of their dossier and stand in bold.",
        "",
        f"| table | {' | '.join(CLASSES)} |",
        "|---|" + "---|" * len(CLASSES),
    ]
    for table, found in fields():
        cells = []
        for kind in CLASSES:
            names = [
                f"**{field.name}**" if field.sealed else field.name for field in found if field.kind == kind
            ]
            cells.append(", ".join(names))
        lines.append(f"| {table} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
