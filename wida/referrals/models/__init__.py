"""Everything a referral leaves: its way in, its admission, and where it stands in the queue."""

from wida.referrals.models.admission import (
    YES_OR_NO,
    Clearance,
    ClearanceRequest,
    Criteria,
    Decision,
    Proportionality,
    YouthConsultation,
)
from wida.referrals.models.inflow import Inflow, InflowSeen, InflowStep
from wida.referrals.models.way_in import Addition, Letter, Move, Referral

__all__ = [
    "YES_OR_NO",
    "Addition",
    "Clearance",
    "ClearanceRequest",
    "Criteria",
    "Decision",
    "Inflow",
    "InflowSeen",
    "InflowStep",
    "Letter",
    "Move",
    "Proportionality",
    "Referral",
    "YouthConsultation",
]
