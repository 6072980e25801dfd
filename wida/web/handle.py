"""How every form is shown, kept, refused and saved: one place, so that nothing typed is ever dropped."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wida.access.queries import Opened
from wida.accounts.http import Request
from wida.dossiers.life import NotNow
from wida.drafts import door
from wida.drafts import shown as drafts
from wida.drafts.conflicts import carried, differences, settle
from wida.records.actions import Conflict
from wida.records.middleware import once
from wida.records.writing import undone

SAVED = 303


def handle(
    request: Request,
    opened: Opened | None,
    form: forms.Form,
    *,
    save: Callable[[dict], object],
    done: str,
    title: str,
    template: str = "web/form.html",
    version: int | None = None,
    shown: Callable[[object], list[tuple[str, str]]] | None = None,
    leads_to: str | None = None,
    beside: bool = False,
    **context,
) -> HttpResponse:
    """GET shows the form, with the drafts that wait for it. POST saves once and goes to `done`; else the same page
    with everything typed: 422 with the faults, 409 when the phase moved on, or when somebody changed the record.

    `version` is the version an edit started from (it travels in the form; `save` gets it as `version`).
    `shown(record)` gives label and value pairs of the record as it stands, for the conflict page. There the reader
    chooses per field between what the form started with now and what they typed, unless the form puts its record
    `beside` the other. Outside a dossier, `opened` is None.
    Whoever came from a step of the guided referral (`?step=`) goes back there instead, unless the view says `leads_to`.
    """
    leads_to = leads_to or _step_asked(request, opened)
    page = {
        "opened": opened,
        "form": form,
        "title": title,
        "back": leads_to or done,
        "version": version,
        "conflict": None,
        **context,
    }
    if request.method != "POST":
        page["drafts"] = offered = drafts.blank(request, opened, form)
        if version is not None and offered.resumed:
            page["version"] = offered.resumed.started_from
        return render(request, template, page)
    if opened is None and door.wanted(request):
        return door.keep(request)
    page["drafts"] = drafts.again(request)
    if version is not None:
        # Drawn again, a form still carries the version it started from: else a fault would hide a conflict.
        page["version"] = door.started_from(request)

    def send() -> HttpResponse:
        status, result = _send(opened, form, page, save=save, shown=shown, beside=beside)
        if status != SAVED:
            return render(request, template, page, status=status)
        return HttpResponseRedirect(leads_to or (result if isinstance(result, str) else done), status=SAVED)

    return send() if opened else once(request, send)


def _send(
    opened: Opened | None,
    form: forms.Form,
    page: dict,
    *,
    save: Callable,
    shown: Callable | None,
    beside: bool,
) -> tuple[int, object]:
    """Judges and saves; adds to the page what a refusal has to tell."""
    if opened and opened.frozen:
        form.is_valid()
        page["moved_on"] = _moved_on(opened)
        return 409, None
    settle(form)
    if not form.is_valid():
        return 422, None
    data = dict(form.cleaned_data)
    if page["version"] is not None:
        data["version"] = page["version"]
    try:
        with undone():
            return SAVED, save(data)
    except Conflict as conflict:
        page["conflict"] = _conflict(form, conflict.current, page["version"], shown, beside)
        page["version"] = conflict.current.version
        return 409, None
    except NotNow as refusal:
        for point in refusal.missing:
            form.add_error(None, point.text)
        if not refusal.missing and opened:
            page["moved_on"] = _moved_on(opened)
        return 422 if refusal.missing else 409, None


def _conflict(
    form: forms.Form, current: Any, started_from: int | None, shown: Callable | None, beside: bool
) -> dict:
    """Nothing is compared with what the reader may not be shown, with a record that was taken away, or on a form
    about several records, which has no version of its own.
    """
    gone = getattr(current, "withdrawn_at", None) or getattr(current, "cancelled_at", None)
    compares = shown and not beside and not gone and started_from is not None
    found = differences(form, current, started_from) if compares else []
    return {
        "current": current,
        "gone": gone,
        "rows": shown(current) if shown and not found else [],
        "differences": found,
        "carried": carried(form) if found else [],
        "base": started_from,
    }


def _step_asked(request: Request, opened: Opened | None) -> str:
    step = request.GET.get("step", "")
    asked = opened and step.isascii() and step.isalpha()
    return reverse("referrals:step", args=[opened.number, step]) if asked else ""


def _moved_on(opened: Opened) -> str:
    return _(
        "The dossier is now in the phase “%(phase)s”, so this can no longer be saved. "
        "Nothing you typed is lost: copy from below what you want to keep."
    ) % {"phase": opened.dossier.get_stage_display()}
