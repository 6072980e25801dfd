"""The forms of tracks 0 and 1: no field asks who somebody is, and what slipped into the free text is named first."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from wida.consults.codes import PROFESSIONALS, Audience, Theme
from wida.consults.traces import Found, traces
from wida.web import fields

FREE = ("question", "advice")


class ConsultForm(forms.Form):
    """`found`: what the check found, by field. Saved when that is nothing, or what its writer said to have seen."""

    on = fields.day(past=True, label=_("When was it?"))
    asked_by = fields.pick(PROFESSIONALS, label=_("What kind of professional asked?"))
    theme = fields.pick(Theme, label=_("What was it about?"))
    question = fields.long_text(
        label=_("The question"),
        help=_("So that nobody can be recognised: no name, number, address, school or workplace."),
    )
    advice = fields.long_text(label=_("The advice"), help=_("What you advised, and whom to turn to."))
    minutes = fields.whole_number(minimum=1, maximum=1440, label=_("How many minutes did it take?"))
    checked = fields.tick(label=_("I read this over: nobody can be recognised by it"))
    seen = fields.hidden()

    def __init__(self, *args: Any, names: Iterable[str] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.names = names
        self.found: dict[str, list[Found]] = {}
        self.mark = ""

    def clean(self) -> dict:
        data = super().clean() or {}
        self.found = {name: found for name in FREE if (found := traces(data.get(name, ""), self.names))}
        self.mark = salted_hmac("wida.consults", repr(self.found)).hexdigest() if self.found else ""
        if self.found and not (data.get("checked") and data.get("seen") == self.mark):
            self._ask_to_look()
        data["confirmed"] = " ".join(
            sorted({one.kind.value for found in self.found.values() for one in found})
        )
        return {name: value for name, value in data.items() if name not in ("checked", "seen")}

    def _ask_to_look(self) -> None:
        """What was ticked before was about something else."""
        for name, found in self.found.items():
            for one in found:
                self.add_error(name, told(self.fields[name].label, one))
        self.data = self.data.copy()
        self.data.pop("checked", None)

    @property
    def asked(self):
        """The fields that are always there."""
        return [self[name] for name in self.fields if name not in ("checked", "seen")]


def told(field: str, one: Found) -> str:
    return _("%(field)s, line %(line)d: %(what)s “%(text)s”") % {
        "field": field, "line": one.line, "what": one.kind.label, "text": one.text
    }  # fmt: skip


class SessionForm(forms.Form):
    on = fields.day(past=True, label=_("When was it?"))
    theme = fields.pick(Theme, label=_("What was it about?"))
    audience = fields.pick(Audience, label=_("For whom is the group?"))
    participants = fields.whole_number(minimum=1, maximum=500, label=_("How many people took part?"))
    minutes = fields.whole_number(minimum=1, maximum=1440, label=_("How many minutes did it take?"))
