"""What is read of the risk and the weighing: for the tabs, and for other rooms."""

from datetime import date
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet

from wida.access.models import ConflictBlock, Mandate
from wida.access.rules import Ground, Part, Right, rights
from wida.accounts.codes import HOUSE_ROLES
from wida.accounts.models import Membership
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier
from wida.people.models import whom
from wida.records.queries import read
from wida.risk import flags as critical
from wida.risk import standing
from wida.risk.codes import FACTORS, Level, Side
from wida.risk.models import (
    Assessment,
    DomainView,
    FactorPerson,
    FactorScore,
    Instrument,
    Legend,
    Participant,
    Protection,
    Signal,
    Weighing,
)

JUDGED = ("motivation", "raises", "lowers", "dissent")
MADE = (
    "assessed_on",
    "lane",
    "level",
    "imminence",
    "known_factors",
    "together",
    "organisation_id",
    "organisation__name",
)
SCORED = ("assessment_id", "code", "present", "past", "seen_on", "reviewed_on", "not_for_id")
TOLD = ("flag", "state", "seen_on", "not_for_id", "organisation_id", "organisation__name")


class Facts(NamedTuple):
    """The rows from which everything about the risk follows, read once."""

    assessments: list
    scores: list
    signals: list

    @property
    def spoken(self) -> list:
        """The assessments that speak now, for one lane at least; newest first."""
        lanes = standing.current(self.assessments).values()
        return standing.in_order({row.id: row for lane in lanes for row in lane}.values())[::-1]

    @property
    def stands(self) -> dict[str, standing.Stand]:
        return standing.standing(self.assessments, self.scores)

    @property
    def flags(self) -> dict[str, critical.Standing]:
        return critical.flags(self.spoken, self.scores, self.signals)

    def until(self, moment) -> "Facts":
        """As it was known at a moment: what was recorded later is left out."""
        return self._replace(assessments=[row for row in self.assessments if row.created_at <= moment])


class Member(NamedTuple):
    """Somebody who can read the dossier and so could have weighed."""

    user_id: Any
    name: str
    organisation_id: Any
    organisation: str
    organisation_type: str


def facts(dossier: Dossier, *, words: bool = False) -> Facts:
    """Three statements. With `words`, judgements and signals are opened; without, nothing sealed is."""
    judged, told = (JUDGED, ("account", "source")) if words else ((), ())
    return Facts(
        read(Assessment.objects.of(dossier), *MADE, *judged),
        read(FactorScore.objects.of(dossier), *SCORED),
        read(Signal.objects.of(dossier).order_by("-created_at"), *TOLD, *told),
    )


def texts(dossier: Dossier, assessment_ids: list) -> list:
    """The factors of some assessments with their words and their persons. One statement."""
    persons = (
        FactorPerson.objects.filter(factor_id=OuterRef("pk")).order_by("person_id").values(who_id=whom())
    )
    factors = FactorScore.objects.of(dossier).filter(assessment_id__in=assessment_ids)
    return read(
        factors.annotate(
            who=ArraySubquery(persons.filter(side=Side.WHO)),
            towards=ArraySubquery(persons.filter(side=Side.TOWARDS)),
        ),
        *(*SCORED, "motivation", "source", "who", "towards"),
    )


def domains(dossier: Dossier, assessment_ids: list) -> list:
    rows = DomainView.objects.of(dossier).filter(assessment_id__in=assessment_ids)
    return read(rows, "assessment_id", "domain", "state", "account", "organisation__name")


def protections(dossier: Dossier, assessment_ids: list) -> list:
    rows = (
        Protection.objects.of(dossier)
        .filter(assessment_id__in=assessment_ids)
        .order_by("created_at", "place")
    )
    return read(rows, "assessment_id", "title", "account", "organisation__name")


def instruments(dossier: Dossier) -> list:
    """Results of instruments filled in elsewhere, the newest first."""
    return read(
        Instrument.objects.of(dossier).order_by("-used_on", "-created_at"),
        *("name", "edition", "used_on", "assessor", "trained", "about_id", "towards_id"),
        *("outcome", "missing", "limits", "organisation_id"),
    )


def weighings(dossier: Dossier) -> list:
    """The weighings with their words but without their snapshots, the newest first."""
    return read(
        Weighing.objects.of(dossier).order_by("-weighed_on", "-version"),
        *("weighed_on", "colour", "meeting", "motivation", "milder", "why_milder", "dissent"),
        *("corrects_id", "why_corrected", "legend_id", "known_factors", "lanes_answered", "lanes_asked"),
    )


def participants(dossier: Dossier) -> list:
    return read(
        Participant.objects.of(dossier).order_by("id"), "weighing_id", "name", "organisation_name", "excused"
    )


def legends() -> QuerySet[Legend]:
    """Every version of the legend, the newest first."""
    return Legend.objects.order_by("-valid_from")


def legend_on(day: date) -> Legend | None:
    """The legend that holds on a day; None for the one that was delivered."""
    return Legend.objects.filter(valid_from__lte=day).order_by("-valid_from").first()


def members(dossier: Dossier) -> list[Member]:
    """Who may read the weighing of the dossier now, by the access matrix itself. One statement."""
    theirs = Mandate.objects.active().filter(
        dossier_id=dossier.pk,
        holder_id=OuterRef("user_id"),
        holder_organisation_id=OuterRef("organisation_id"),
    )
    blocks = ConflictBlock.objects.of(dossier)
    memberships = (
        Membership.objects.current()
        .filter(Q(Exists(theirs)) | _staff(dossier))
        .exclude(Exists(blocks.filter(user_id=OuterRef("user_id"))))
        .exclude(Exists(blocks.filter(blocked_organisation_id=OuterRef("organisation_id"))))
        .annotate(grounds=ArraySubquery(theirs.values("ground")))
        .select_related("user", "organisation")
        .order_by("organisation__name", "user__name", "role")
    )
    found: dict[Any, Member] = {}
    for one in memberships:
        grounds = set(one.grounds)
        if one.role in HOUSE_ROLES and one.organisation.safe_home_id == dossier.safe_home_id:
            grounds.add(Ground.HOUSE)
        if (Part.WEIGHING, Right.READ) in rights(one.role, frozenset(grounds), dossier.stage):
            organisation = one.organisation
            member = Member(one.user_id, one.user.name, organisation.pk, organisation.name, organisation.type)
            found.setdefault(one.user_id, member)
    return list(found.values())


def _staff(dossier: Dossier) -> Q:
    """The staff of the house, who don't know of a draft of another organisation."""
    staff = Q(role__in=HOUSE_ROLES, organisation__safe_home_id=dossier.safe_home_id)
    return staff & Q(organisation_id=dossier.organisation_id) if dossier.stage == Stage.BUILDING else staff


def answered(dossier: Dossier) -> tuple[int, int] | None:
    """How many of the partners that were asked answered, as far as the Infodeling tells."""
    try:
        from wida.sharing.queries import answered as lanes_answered
    except ImportError:
        return None
    return lanes_answered(dossier)


def latest_factors(dossier: Dossier) -> dict[str, str]:
    """For the plan: per code of the thirteen factors the heaviest score that stands, `onbekend` when nobody knows.

    One statement.
    """
    rows = read(
        FactorScore.objects.of(dossier),
        *("code", "present", "past", "assessment_id", "organisation_id", "organisation__name"),
        *("assessment__lane", "assessment__assessed_on", "assessment__created_at", "assessment__together"),
    )
    made = {row.assessment_id: _Made.of(row) for row in rows}
    stands = standing.standing(made.values(), rows)
    return {str(code): str(stands[code].heaviest) for code in FACTORS}


def open_flags(dossier: Dossier) -> list[tuple[str, date]]:
    """For other rooms: the codes (`codes.Flag`) of the critical signals that are there, with the day last seen."""
    return [(str(flag.flag), flag.on) for flag in critical.open_ones(facts(dossier).flags)]


def latest_judgement(dossier: Dossier):
    """For other rooms: the newest assessment (level, imminence, assessed_on, organisation_name …) or None."""
    rows = read(Assessment.objects.of(dossier).latest()[:1], *MADE)
    return rows[0] if rows else None


def heaviest_level(spoken: list) -> str:
    """High as soon as one organisation that speaks now judges so."""
    levels = {row.level for row in spoken}
    return next((level for level in (Level.HIGH, Level.MEDIUM, Level.LOW) if level in levels), Level.UNKNOWN)


class _Made(NamedTuple):
    """An assessment, as it can be told from one of its factors."""

    id: Any
    organisation_id: Any
    organisation_name: str
    together: list[str]
    lane: str
    assessed_on: date
    created_at: Any

    @classmethod
    def of(cls, row) -> "_Made":
        return cls(
            row.assessment_id,
            row.organisation_id,
            row.organisation_name,
            row.assessment_together,
            row.assessment_lane,
            row.assessment_assessed_on,
            row.assessment_created_at,
        )
