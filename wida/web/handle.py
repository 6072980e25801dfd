"""How every form of a dossier is shown, refused and saved: one place, so that nothing typed is ever dropped."""

from collections.abc import Callable

from django import forms
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wida.access.queries import Opened
from wida.accounts.http import Request
from wida.dossiers.life import NotNow
from wida.records.actions import Conflict


def handle(
    request: Request,
    opened: Opened,
    form: forms.Form,
    *,
    save: Callable[[dict], object],
    done: str,
    title: str,
    template: str = "web/form.html",
    version: int | None = None,
    shown: Callable[[object], list[tuple[str, str]]] | None = None,
    leads_to: str | None = None,
    **context,
) -> HttpResponse:
    """GET shows the form. POST saves once and goes to `done`; else the same page with everything typed:
    422 with the faults, 409 when the phase moved on, or when somebody changed the record meanwhile.

    `version` is the version an edit started from (it travels in the form; `save` gets it as `version`).
    `shown(record)` gives label and value pairs of the record as it stands, for the conflict page.
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
        return render(request, template, page)
    if version is not None:
        # Drawn again, a form still carries the version it started from: else a fault would hide a conflict.
        page["version"] = _started_from(request)
    if opened.frozen:
        form.is_valid()
        page["moved_on"] = _moved_on(opened)
        return render(request, template, page, status=409)
    if not form.is_valid():
        return render(request, template, page, status=422)
    data = dict(form.cleaned_data)
    if version is not None:
        data["version"] = page["version"]
    try:
        with transaction.atomic():
            result = save(data)
    except Conflict as conflict:
        page["conflict"] = {"current": conflict.current, "rows": shown(conflict.current) if shown else []}
        page["version"] = conflict.current.version
        return render(request, template, page, status=409)
    except NotNow as refusal:
        for point in refusal.missing:
            form.add_error(None, point.text)
        if not refusal.missing:
            page["moved_on"] = _moved_on(opened)
        return render(request, template, page, status=422 if refusal.missing else 409)
    return HttpResponseRedirect(leads_to or (result if isinstance(result, str) else done), status=303)


def _step_asked(request: Request, opened: Opened) -> str:
    step = request.GET.get("step", "")
    return reverse("referrals:step", args=[opened.number, step]) if step.isascii() and step.isalpha() else ""


def _moved_on(opened: Opened) -> str:
    return _(
        "The dossier is now in the phase “%(phase)s”, so this can no longer be saved. "
        "Nothing you typed is lost: copy from below what you want to keep."
    ) % {"phase": opened.dossier.get_stage_display()}


def _started_from(request: Request) -> int:
    """A form without a readable version started from none, which conflicts with every record."""
    value = request.POST.get("version", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else 0
