"""Critical signals told between two assessments, and results of instruments filled in elsewhere."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from wida.access.queries import Opened, one
from wida.access.refusals import refuse
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.people.queries import person_choices
from wida.records import actions as records
from wida.risk import actions
from wida.risk.access import is_own
from wida.risk.forms import InstrumentForm, ReasonForm, SignalForm
from wida.risk.models import Instrument, Signal
from wida.risk.views.posted import sent
from wida.web.handle import handle

RESULT = ("name", "edition", "used_on", "assessor", "trained", "outcome", "missing", "limits")


@dossier_view(Part.RISK, Right.WRITE)
def add_signal(request: Request, opened: Opened) -> HttpResponse:
    form = SignalForm(sent(request), persons=person_choices(opened.dossier))

    def save(data: dict) -> None:
        not_for = data.pop("not_for")
        actions.add_signal(dossier=opened.dossier, by=opened.actor, not_for_id=not_for or None, **data)

    return handle(
        request,
        opened,
        form,
        save=save,
        done=_tab(opened, "short"),
        title=_("Add a critical signal"),
        submit=_("Add the signal"),
        lead=_(
            "What is dangerous now can't wait for a full assessment. In acute danger call 101 or 112 first."
        ),
    )


@dossier_view(Part.RISK, Right.WRITE)
def withdraw_signal(request: Request, opened: Opened, signal_id: UUID) -> HttpResponse:
    signal = one(opened, Signal.objects, signal_id)
    title = _("Withdraw the signal “%(signal)s”") % {"signal": signal.get_flag_display()}
    return _withdraw(request, opened, signal, title=title, anchor="short")


@dossier_view(Part.RISK, Right.WRITE)
def add_instrument(request: Request, opened: Opened) -> HttpResponse:
    form = InstrumentForm(sent(request), persons=person_choices(opened.dossier))
    return handle(
        request,
        opened,
        form,
        save=lambda data: actions.add_instrument(dossier=opened.dossier, by=opened.actor, **_result(data)),
        done=_tab(opened, "instruments"),
        title=_("Add an external instrument"),
        submit=_("Add the result"),
    )


@dossier_view(Part.RISK, Right.WRITE)
def edit_instrument(request: Request, opened: Opened, instrument_id: UUID) -> HttpResponse:
    instrument = one(opened, Instrument.objects, instrument_id)
    if not is_own(opened, instrument):
        return _others(request, opened, instrument)
    initial = {name: getattr(instrument, name) for name in RESULT}
    initial |= {"about": str(instrument.about_id or ""), "towards": str(instrument.towards_id or "")}
    form = InstrumentForm(sent(request), persons=person_choices(opened.dossier), initial=initial)

    def save(data: dict) -> None:
        version = data.pop("version")
        records.change(instrument, by=opened.actor, version=version, **_result(data))

    return handle(
        request,
        opened,
        form,
        save=save,
        done=_tab(opened, "instruments"),
        title=_("Change the result of %(instrument)s") % {"instrument": instrument.name},
        submit=_("Save"),
        version=instrument.version,
        shown=_shown,
    )


@dossier_view(Part.RISK, Right.WRITE)
def withdraw_instrument(request: Request, opened: Opened, instrument_id: UUID) -> HttpResponse:
    instrument = one(opened, Instrument.objects, instrument_id)
    title = _("Withdraw the result of %(instrument)s") % {"instrument": instrument.name}
    return _withdraw(request, opened, instrument, title=title, anchor="instruments")


def _withdraw(request: Request, opened: Opened, row, *, title: str, anchor: str) -> HttpResponse:
    if not is_own(opened, row):
        return _others(request, opened, row)
    return handle(
        request,
        opened,
        ReasonForm(sent(request)),
        save=lambda data: records.withdraw(row, by=opened.actor, **data),
        done=_tab(opened, anchor),
        title=title,
        submit=_("Withdraw"),
        version=row.version,
    )


def _others(request: Request, opened: Opened, row) -> HttpResponse:
    return refuse(
        request,
        dossier=opened.dossier.pk,
        part=Part.RISK,
        row=row,
        detail="other_organisation",
    )


def _result(data: dict) -> dict:
    """The form's answers as columns."""
    return {
        **{name: data[name] for name in RESULT},
        "about_id": data["about"] or None,
        "towards_id": data["towards"] or None,
    }


def _shown(current: Instrument) -> list[tuple[str, str]]:
    return [
        (_("Name of the instrument"), current.name),
        (_("Filled in by"), current.assessor),
        (_("Outcome"), current.outcome),
    ]


def _tab(opened: Opened, anchor: str) -> str:
    return reverse("risk:risk", args=[opened.number]) + f"#{anchor}"
