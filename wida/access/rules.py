"""The access matrix, written once: role × relation to the dossier × part × right × stage.

Rights only add. Based on articles 12 to 15 of the decree of 29 March 2024; what subtracts is a conflict block alone.
"""

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from wida.accounts.codes import CONTENT_ROLES, PARTNER_ROLES, Role
from wida.dossiers.codes import Stage


class Part(StrEnum):
    """The parts of a dossier: its ten tabs, and what stands around them."""

    OVERVIEW = "overview"
    REFERRAL = "referral"
    CLEARANCE = "clearance"
    PEOPLE = "people"
    SITUATION = "situation"
    RISK = "risk"
    WEIGHING = "weighing"
    SHARING = "sharing"
    MEETINGS = "meetings"
    PLAN = "plan"
    EXECUTION = "execution"
    CLOSURE = "closure"
    ATTACHMENTS = "attachments"
    ACCESS = "access"
    LOG = "log"


class Right(StrEnum):
    READ = "read"
    WRITE = "write"
    DECIDE = "decide"


class Ground(StrEnum):
    """Somebody's relation to a dossier. The stored ones are grounds of a mandate.

    `CIRCLE` names staff of the house on an extra protected file: it gives no right, it keeps that of the house.
    """

    HOUSE = "huis"
    AUTHOR = "auteur"
    ASSIGNED = "toegewezen"
    INVITED = "uitgenodigd"
    CLEARANCE = "vrijgave"
    EMERGENCY = "nood"
    CIRCLE = "kring"


class Rule(NamedTuple):
    roles: frozenset[str]
    ground: Ground
    parts: frozenset[Part]
    right: Right
    stages: frozenset[str]


ALL = frozenset(Part)
BUILD_PARTS = frozenset(
    {Part.OVERVIEW, Part.REFERRAL, Part.PEOPLE, Part.SITUATION, Part.RISK, Part.WEIGHING, Part.ATTACHMENTS}
)
EVERY_STAGE = frozenset(Stage)
OPEN = EVERY_STAGE - {Stage.CLOSED}
DRAFT = frozenset({Stage.BUILDING})
BEFORE = frozenset({Stage.BUILDING, Stage.REFERRED})
SHARED = frozenset({Stage.FORMING, Stage.EXECUTION, Stage.WATCH})

COORDINATOR = frozenset({Role.COORDINATOR})
ADMINISTRATIVE = frozenset({Role.ADMINISTRATIVE})
CASE_MANAGER = frozenset({Role.CASE_MANAGER})
PSYCHOLOGISTS = frozenset({Role.PSYCHOLOGIST, Role.CHILD_PSYCHOLOGIST})
PROSECUTOR = frozenset({Role.PROSECUTOR})
CONNECTION = frozenset({Role.CONNECTION})
R, W, D = Right.READ, Right.WRITE, Right.DECIDE


def _parts(*parts: Part) -> frozenset[Part]:
    return frozenset(parts)


MATRIX: tuple[Rule, ...] = (
    # The coordinator of the house runs its files; administrative staff keeps them.
    Rule(COORDINATOR, Ground.HOUSE, ALL, R, EVERY_STAGE),
    Rule(COORDINATOR, Ground.HOUSE, ALL - {Part.CLEARANCE, Part.SHARING}, W, OPEN),
    Rule(COORDINATOR, Ground.HOUSE, ALL, D, OPEN),
    # Keeping somebody out and judging an emergency go on after closure.
    Rule(COORDINATOR, Ground.HOUSE, _parts(Part.ACCESS), D, frozenset({Stage.CLOSED})),
    # A coordinator who broke the glass reads, for an hour.
    Rule(
        COORDINATOR,
        Ground.EMERGENCY,
        ALL - {Part.CLEARANCE, Part.ACCESS, Part.LOG},
        R,
        EVERY_STAGE - DRAFT,
    ),
    Rule(ADMINISTRATIVE, Ground.HOUSE, ALL - {Part.LOG}, R, EVERY_STAGE),
    Rule(
        ADMINISTRATIVE,
        Ground.HOUSE,
        _parts(Part.PEOPLE, Part.SITUATION, Part.MEETINGS, Part.ATTACHMENTS, Part.REFERRAL),
        W,
        OPEN,
    ),
    Rule(ADMINISTRATIVE, Ground.HOUSE, _parts(Part.SHARING), D, OPEN),
    # The case manager keeps the overview and follows the plan (no care of their own).
    Rule(CASE_MANAGER, Ground.ASSIGNED, ALL, R, SHARED),
    Rule(
        CASE_MANAGER, Ground.ASSIGNED, ALL - {Part.CLEARANCE, Part.SHARING, Part.ACCESS, Part.LOG}, W, SHARED
    ),
    Rule(
        CASE_MANAGER, Ground.ASSIGNED, _parts(Part.SHARING, Part.MEETINGS, Part.PLAN, Part.CLOSURE), D, SHARED
    ),
    Rule(PSYCHOLOGISTS, Ground.ASSIGNED, ALL - {Part.ACCESS}, R, SHARED),
    Rule(
        PSYCHOLOGISTS,
        Ground.ASSIGNED,
        _parts(Part.PEOPLE, Part.RISK, Part.WEIGHING, Part.PLAN, Part.EXECUTION, Part.ATTACHMENTS),
        W,
        SHARED,
    ),
    # Whoever meets the family builds the overview; after referral it is the house's.
    Rule(CONTENT_ROLES, Ground.AUTHOR, _parts(Part.OVERVIEW), R, EVERY_STAGE),
    Rule(CONTENT_ROLES, Ground.AUTHOR, BUILD_PARTS, R, BEFORE),
    Rule(CONTENT_ROLES, Ground.AUTHOR, BUILD_PARTS - {Part.OVERVIEW}, W, DRAFT),
    Rule(CONTENT_ROLES, Ground.AUTHOR, _parts(Part.REFERRAL), D, DRAFT),
    # The prosecutor's criminologist answers whether the file may be opened for sharing.
    Rule(PROSECUTOR, Ground.CLEARANCE, BUILD_PARTS, R, frozenset({Stage.REFERRED})),
    Rule(PROSECUTOR, Ground.CLEARANCE, _parts(Part.CLEARANCE), R, frozenset({Stage.REFERRED})),
    Rule(PROSECUTOR, Ground.CLEARANCE, _parts(Part.CLEARANCE), W, frozenset({Stage.REFERRED})),
    # The system of a partner reads about whom it is asked, and answers.
    Rule(CONNECTION, Ground.INVITED, _parts(Part.OVERVIEW, Part.PEOPLE, Part.SHARING), R, SHARED),
    Rule(CONNECTION, Ground.INVITED, _parts(Part.SHARING), W, SHARED),
    # An invited partner reads what is shared and writes what is theirs.
    Rule(PARTNER_ROLES, Ground.INVITED, ALL - {Part.CLEARANCE, Part.ACCESS}, R, SHARED),
    Rule(
        PARTNER_ROLES,
        Ground.INVITED,
        _parts(
            Part.SITUATION,
            Part.RISK,
            Part.WEIGHING,
            Part.SHARING,
            Part.PLAN,
            Part.EXECUTION,
            Part.ATTACHMENTS,
        ),
        W,
        SHARED,
    ),
)


@lru_cache(maxsize=4096)
def rights(role: str, grounds: frozenset[str], stage: str) -> frozenset[tuple[Part, Right]]:
    """What a role with these grounds may do on a dossier at a stage."""
    return frozenset(
        (part, rule.right)
        for rule in MATRIX
        if role in rule.roles and rule.ground in grounds and stage in rule.stages
        for part in rule.parts
    )


@lru_cache(maxsize=4096)
def ever(role: str, grounds: frozenset[str]) -> frozenset[tuple[Part, Right]]:
    """What they may do at some stage: what is missing now may come, or be past."""
    return frozenset().union(*(rights(role, grounds, stage) for stage in Stage))
