"""What is asked about persons, and what is refused. A doubt is not a fault: the writer may confirm it."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from wida.web import fields


def check_period(form: forms.Form, since: str = "since", until: str = "until") -> None:
    """A last day lies on or after the first one."""
    first, last = form.cleaned_data.get(since), form.cleaned_data.get(until)
    if first and last and last < first:
        form.add_error(until, _("Fill in a last day that is not before the first day"))


def overlaps(since: date | None, until: date | None, row) -> bool:
    """Whether two periods share a day; what is unknown is open."""
    return (since or date.min) <= (row.until or date.max) and (row.since or date.min) <= (until or date.max)


class WithdrawForm(forms.Form):
    """What was wrong. The record stays readable in the history."""

    reason = fields.long_text(label=_("Why is this withdrawn?"), rows=4)
