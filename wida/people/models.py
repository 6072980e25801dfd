"""The persons of a dossier. Names, numbers, contact and places are sealed; sex and birth year serve the figures.

Decree art. 15 §1: categories 1 to 8 and 10. Nobody is labelled perpetrator or victim here: that is said per fact.
"""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from wida.access.rules import Part
from wida.people.codes import (
    AddressType,
    Authority,
    ChildNoteKind,
    ContactKind,
    Exposure,
    Group,
    GrownUp,
    RelationKind,
    SafeToUse,
    SamePerson,
    ServiceKind,
    ServiceState,
    Sex,
)
from wida.records.models import Record
from wida.records.sealing import SealedText


class Person(Record):
    """A member of the client system, or somebody in relation or contact with one.

    Born on a known date, of a stated age on a day, or not born yet: at most one of the three.
    """

    part = Part.PEOPLE
    group = models.CharField(max_length=12, choices=Group.choices)
    given_name = SealedText()
    family_name = SealedText()
    known_as = SealedText()
    sex = models.CharField(max_length=8, choices=Sex.choices, default=Sex.UNKNOWN)
    birth_date = SealedText()
    birth_year = models.PositiveSmallIntegerField(null=True)
    age_stated = models.PositiveSmallIntegerField(null=True)
    age_stated_on = models.DateField(null=True)
    unborn = models.BooleanField(default=False)
    due_on = models.DateField(null=True)
    deceased = models.BooleanField(default=False)
    national_number = SealedText()
    nationality = SealedText()
    languages = SealedText()
    interpreter = SealedText()
    profession = SealedText()
    note = SealedText()
    # Set on who turned out to be somebody else in this dossier, and then withdrawn too: see `merging`.
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(age_stated=None, age_stated_on=None)
                | Q(age_stated__isnull=False, age_stated_on__isnull=False),
                name="people_person_age_pair",
            ),
            models.CheckConstraint(
                condition=Q(unborn=False, due_on=None) | Q(unborn=True, birth_year=None),
                name="people_person_unborn",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(withdrawn_at__isnull=False) & ~Q(merged_into=F("id")),
                name="people_person_merged",
            ),
        ]


def whom(name: str = "person") -> Coalesce:
    """Whom a row that never changes names, once two records were brought together: `whom("person")` in a query."""
    return Coalesce(f"{name}__merged_into", f"{name}_id")


class Merge(Record):
    """Two persons of one dossier were one: `person` goes, `into` stays. Withdrawn when they were taken apart again.

    `moved`: each place that named the one and names the other since, as table, row and column.
    """

    part = Part.PEOPLE
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    into = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    moved = models.JSONField(default=list)
    reason = SealedText()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(withdrawn_at=None), name="people_merge_once"
            ),
            models.CheckConstraint(condition=~Q(person=F("into")), name="people_merge_two"),
        ]


class Address(Record):
    """Where somebody lives or stays. A protected one is for its owner, the house's coordinator and `AddressViewer`s.

    Its place isn't stored in clear, nor that of whoever lives under the same roof. `viewer_names` keeps in every
    version who could see it then.
    """

    part = Part.PEOPLE
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    type = models.CharField(max_length=20, choices=AddressType.choices)
    street = SealedText()
    postal_code = SealedText()
    place = SealedText()
    country = SealedText()
    municipality = models.CharField(max_length=60, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    protected = models.BooleanField(default=False)
    protected_why = SealedText()
    viewer_names = SealedText()

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
                name="people_address_period",
            ),
            models.CheckConstraint(
                condition=Q(protected=False) | Q(municipality=""), name="people_address_hidden_place"
            ),
        ]


class AddressViewer(models.Model):
    """An organisation that may know a protected address, beside the one that wrote it."""

    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    address = models.ForeignKey(Address, on_delete=models.CASCADE, related_name="viewers")
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "organisation"], name="people_viewer_once")]


class Contact(Record):
    """A way to reach somebody, and whether that is safe: which way, when, and if a message may be left."""

    part = Part.PEOPLE
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=12, choices=ContactKind.choices)
    value = SealedText()
    safe = models.CharField(max_length=12, choices=SafeToUse.choices)
    safe_times = SealedText()
    may_leave_message = models.BooleanField(null=True)
    note = SealedText()
    confirmed_on = models.DateField(null=True)


class Relation(Record):
    """`person` is … of `other`. Kept once; the other side is read from it."""

    part = Part.PEOPLE
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=16, choices=RelationKind.choices)
    married = models.BooleanField(default=False)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    note = SealedText()

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("other")), name="people_relation_two"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
                name="people_relation_period",
            ),
        ]


class Household(Record):
    """People under one roof. Carries no address, so that naming it betrays none."""

    part = Part.PEOPLE
    label = SealedText()


class Residence(Record):
    """Somebody lives in a household, wholly or in part, from until."""

    part = Part.PEOPLE
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    arrangement = SealedText()
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
                name="people_residence_period",
            )
        ]


class Custody(Record):
    """Who holds parental authority over a child, or asks for it, and what was arranged about stay and contact."""

    part = Part.PEOPLE
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    holder = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    authority = models.CharField(max_length=12, choices=Authority.choices)
    arrangement = SealedText()
    decided_on = models.DateField(null=True)


class ChildPanel(Record):
    """What a child lives through: one per child that stands."""

    part = Part.PEOPLE
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="panels")
    exposure = models.CharField(max_length=20, choices=Exposure.choices, default=Exposure.UNKNOWN)
    school = SealedText()
    school_contact = SealedText()
    safe_person = SealedText()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(withdrawn_at=None), name="people_childpanel_once"
            ),
        ]


class ChildNote(Record):
    """A child's own words, a signal, or that somebody saw the child: who, when, what."""

    part = Part.PEOPLE
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=8, choices=ChildNoteKind.choices)
    on = models.DateField()
    by_whom = SealedText()
    text = SealedText()


class ComingOfAge(Record):
    """What was decided about somebody who became eighteen since the dossier began, on which ground: one that stands.

    `asked`: what they want themselves, in their own words.
    """

    part = Part.PEOPLE
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    spoken_on = models.DateField(null=True)
    asked = SealedText()
    decision = models.CharField(max_length=16, choices=GrownUp.choices)
    ground = SealedText()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(withdrawn_at=None), name="people_comingofage_once"
            ),
            models.CheckConstraint(
                condition=Q(decision=GrownUp.UNREACHED) | Q(spoken_on__isnull=False),
                name="people_comingofage_spoken",
            ),
        ]


class Service(Record):
    """A service that helps the family or did, and how that went."""

    part = Part.PEOPLE
    name = SealedText()
    kind = models.CharField(max_length=24, choices=ServiceKind.choices)
    for_whom = SealedText()
    contact = SealedText()
    state = models.CharField(max_length=12, choices=ServiceState.choices)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    result = SealedText()

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
                name="people_service_period",
            )
        ]


class PersonToken(models.Model):
    """A keyed token by which a person is found (see records/tokens.py). Holds no name, no number."""

    pk = models.CompositePrimaryKey("token", "person_id")
    token = models.BigIntegerField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        # Some hundred rows that lie together: an index that holds the tokens too is six times as large, and no faster.
        indexes = [models.Index(fields=["dossier"], name="people_persontoken_file")]


class Comparison(Record):
    """Whether a person of this dossier and one of another are the same, as somebody said. Asked once.

    Stands on both sides, each in its own dossier and with the two in its own order; the words only where they were
    written. Gives nobody a right: whoever may not know of the other dossier isn't told that it is there.
    """

    part = Part.PEOPLE
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    other_dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    answer = models.CharField(max_length=12, choices=SamePerson.choices)
    reason = SealedText()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["person", "other"], condition=Q(withdrawn_at=None), name="people_comparison_once"
            ),
            models.CheckConstraint(
                condition=~Q(dossier=F("other_dossier")), name="people_comparison_two_dossiers"
            ),
        ]


class CarriedBlock(models.Model):
    """A conflict block that a dossier took over with « same person »: lifted again when that is undone."""

    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    comparison = models.ForeignKey(Comparison, on_delete=models.PROTECT, related_name="carried")
    block = models.OneToOneField("access.ConflictBlock", on_delete=models.PROTECT, related_name="+")
