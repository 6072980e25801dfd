"""The tab Situatiebeschrijving and the forms behind it."""

from wida.situation.views.family import add_danger, edit_danger, inform, informed, narrative
from wida.situation.views.remarks import add_remark, edit_remark, withdraw
from wida.situation.views.tab import entry, incident, situation, withdrawn
from wida.situation.views.violence import (
    add_dynamic,
    add_incident,
    add_measure,
    add_pattern,
    edit_dynamic,
    edit_incident,
    edit_measure,
    edit_pattern,
)

__all__ = [
    "add_danger",
    "add_dynamic",
    "add_incident",
    "add_measure",
    "add_pattern",
    "add_remark",
    "edit_danger",
    "edit_dynamic",
    "edit_incident",
    "edit_measure",
    "edit_pattern",
    "edit_remark",
    "entry",
    "incident",
    "inform",
    "informed",
    "narrative",
    "situation",
    "withdraw",
    "withdrawn",
]
