"""What somebody types about a situation. `clean` hands the actions what they take: dates, ids, parts."""

from wida.situation.forms.family import DangerForm, InformForm, NarrativeForm, RemarkForm, WithdrawForm
from wida.situation.forms.violence import DynamicForm, IncidentForm, MeasureForm, PatternForm

__all__ = [
    "DangerForm",
    "DynamicForm",
    "IncidentForm",
    "InformForm",
    "MeasureForm",
    "NarrativeForm",
    "PatternForm",
    "RemarkForm",
    "WithdrawForm",
]
