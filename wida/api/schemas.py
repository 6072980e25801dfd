"""What other systems send and get, as the OpenAPI description tells it. A fault names its field."""

import re
from datetime import date, datetime, time
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    RootModel,
    StringConstraints,
    Tag,
    field_validator,
)
from pydantic_core import PydanticCustomError

from wida.api.codes import FactRole, ReportState, RiskOutcome
from wida.dossiers.codes import Answer
from wida.people.codes import Sex
from wida.people.numbers import LENGTH, digits
from wida.referrals.codes import InflowOutcome
from wida.sharing.codes import ANSWERS, AskGround, DataCategory, Source
from wida.situation.codes import MeasureKind, ViolenceForm

BATCH = 100
EARLIEST = date(1900, 1, 1)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def fault(code: str, message: str) -> PydanticCustomError:
    return PydanticCustomError(code, message)  # type: ignore[arg-type]


def _printable(text: str) -> str:
    if CONTROL.search(text):
        raise fault("control_character", "Text without control characters is asked for")
    return text


def _words(value: Any) -> Any:
    if not isinstance(value, str):
        raise fault("iso_text", "A text in the form of ISO 8601 is asked for")
    return value


def _past(day: date) -> date:
    if not EARLIEST <= day <= timezone.localdate():
        raise fault("not_past", "A day since 1900 that is not in the future is asked for")
    return day


Line = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_printable)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000), AfterValidator(_printable)]
Day = Annotated[date, BeforeValidator(_words)]
PastDay = Annotated[Day, AfterValidator(_past)]
Clock = Annotated[time, BeforeValidator(_words)]


class Sent(BaseModel):
    """A field that isn't known here is a fault: a sender must never believe that something was kept which wasn't."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, use_enum_values=True)


class Fact(Sent):
    date: PastDay
    time: Clock | None = None
    place: Line
    forms: list[ViolenceForm] = Field(default=[], max_length=8)
    description: Text | None = None


class ReportedPerson(Sent):
    """Somebody in the report: by national register (or BIS) number, else by name and date of birth."""

    role: FactRole
    national_number: Line | None = Field(default=None, description="Eleven digits; other signs are left out")
    family_name: Line | None = Field(default=None, validate_default=True)
    given_name: Line | None = Field(default=None, validate_default=True)
    birth_date: PastDay | None = Field(default=None, validate_default=True)
    sex: Sex = Sex.UNKNOWN

    @field_validator("national_number")
    @classmethod
    def eleven_digits(cls, value: str | None) -> str | None:
        if value is not None and len(digits(value)) != LENGTH:
            raise fault("eleven_digits", "A national register number has eleven digits")
        return value

    @field_validator("family_name", "given_name", "birth_date")
    @classmethod
    def known_by_something(cls, value: Any, info) -> Any:
        if value is None and "national_number" in info.data and info.data["national_number"] is None:
            raise fault("number_or_name", "Asked for when there is no national_number")
        return value


class RiskEvaluation(Sent):
    outcome: RiskOutcome
    explanation: Text | None = None


class ReportedMeasure(Sent):
    kind: MeasureKind
    begins_on: Day
    ends_on: Day | None = None
    conditions: Text | None = None

    @field_validator("ends_on")
    @classmethod
    def in_order(cls, value: date | None, info) -> date | None:
        if value and "begins_on" in info.data and value < info.data["begins_on"]:
            raise fault("before_begin", "A day before begins_on")
        return value


class Report(Sent):
    """One report (proces-verbaal) of domestic violence."""

    police_zone: str = Field(pattern=r"^[0-9]{4}$", description="The official code of the zone")
    pv_number: Line = Field(max_length=40, description="As on the report, for instance TG.69.L3.000572/26")
    facts: list[Fact] = Field(min_length=1, max_length=20)
    persons: list[ReportedPerson] = Field(min_length=1, max_length=30)
    children_present: Answer
    risk_evaluation: RiskEvaluation
    measures: list[ReportedMeasure] = Field(default=[], max_length=20)
    narrative: Text


class Batch(Sent):
    """Several reports at once: all of them are taken, or none when one has a fault."""

    reports: list[Report] = Field(min_length=1, max_length=BATCH)


def _kind(value: Any) -> str:
    return "batch" if isinstance(value, dict) and "reports" in value else "report"


class OneOrMore(RootModel):
    root: Annotated[
        Annotated[Report, Tag("report")] | Annotated[Batch, Tag("batch")],
        Discriminator(_kind),
    ]


class Taken(BaseModel):
    """`repeated`: it was acknowledged before, and this is the receipt of then."""

    receipt: str
    pv_number: str
    received_at: datetime
    repeated: bool


class Receipts(BaseModel):
    receipts: list[Taken]


class Receipt(BaseModel):
    """Where an acknowledged report stands now. The outcome says no more than a referrer hears."""

    receipt: str
    received_at: datetime
    state: ReportState
    safe_home: str | None = None
    outcome: InflowOutcome | None = None


class Fault(BaseModel):
    pointer: str = Field(description="JSON pointer into the body; /header/… or /query/… or /path/… elsewhere")
    code: str
    message: str


class Problem(BaseModel):
    """Every refusal has this body."""

    status: int
    code: str
    message: str
    faults: list[Fault] = []


class AskedPerson(BaseModel):
    id: UUID
    name: str
    birth_date: date | None = None
    birth_year: int | None = None


class InformationRequest(BaseModel):
    """A question to the own organisation that waits. `version` is that of its newest answer, 0 for none."""

    id: UUID
    dossier: str
    asked_on: date
    due_on: date
    ground: AskGround
    why: str
    persons: list[AskedPerson]
    version: int


class InformationRequests(BaseModel):
    requests: list[InformationRequest]


class Contribution(Sent):
    """What the organisation answers, with what the screen asks for that answer."""

    version: int = Field(ge=0, le=32_767, description="Of the answer this one follows; 0 for the first")
    state: Literal[tuple(str(code) for code, _label, _help in ANSWERS)]  # type: ignore[valid-type]
    text: Text | None = None
    persons: list[UUID] = Field(default=[], max_length=50)
    source: Source | None = None
    source_on: PastDay | None = None
    categories: list[DataCategory] = Field(default=[], max_length=14)
    necessity: Text | None = None
    why_not: Text | None = None
    reason: Text | None = Field(default=None, description="Of a correction: what changed, and why")


class Contributed(BaseModel):
    id: UUID
    version: int
    state: str
    shared_at: datetime
