"""The guided referral: one step, one page. Every step can be saved as it is; only submitting asks for all of it."""

import json
from collections.abc import Callable
from typing import NamedTuple
from uuid import UUID

from django import forms as django_forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wida.access.queries import Opened
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.attachments.models import Attachment
from wida.dossiers.codes import Stage
from wida.dossiers.guards import Missing
from wida.dossiers.life import NotNow
from wida.dossiers.overview import take_step
from wida.dossiers.search import is_id
from wida.people.codes import Group
from wida.records.models import Record
from wida.records.queries import read
from wida.referrals import actions, forms, guided, intake, queries
from wida.referrals.codes import CRITERIA, Side
from wida.referrals.models import Criteria, Referral
from wida.referrals.views import only_at
from wida.situation import actions as situation
from wida.situation import queries as told
from wida.situation.forms import DangerForm, NarrativeForm
from wida.situation.forms.initial import initial
from wida.situation.models import Danger, Narrative
from wida.web.handle import handle


class Asked(NamedTuple):
    """What a step asks in boxes: its form, the record that stands, and how it is written."""

    form: Callable[..., django_forms.Form]
    record: Record | None
    write: Callable[[dict], object]
    initial: dict


@dossier_view(Part.REFERRAL, Right.WRITE)
def step(request: Request, opened: Opened, name: str) -> HttpResponse:
    """One step, until the referral is submitted. “Save and go on later” keeps it however it is."""
    if name not in guided.NAMES:
        raise Http404
    only_at(opened, Stage.BUILDING)
    page = _page(opened, name)
    if name == "check":
        return _check(request, opened, page)
    asked = ASKED[name](opened) if name in ASKED else None
    if asked is None:
        return handle(request, opened, django_forms.Form(_sent(request)), save=lambda _data: None, **page)
    kept = guided.unfinished(opened.dossier)
    form = asked.form(_sent(request), initial={**asked.initial, **_typed_before(asked, kept.get(name, {}))})
    leaves = _leaves_for(request, opened)
    if leaves and not opened.frozen and not form.is_valid():
        kept[name] = {field: request.POST.getlist(field) for field in form.fields if field in request.POST}
        intake.keep_unfinished(dossier=opened.dossier, unfinished=json.dumps(kept), by=opened.actor)
        return HttpResponseRedirect(leaves, status=303)

    def save(data: dict) -> None:
        asked.write(data)
        if kept.pop(name, None):
            intake.keep_unfinished(dossier=opened.dossier, unfinished=_json(kept), by=opened.actor)

    return handle(
        request,
        opened,
        form,
        save=save,
        leads_to=leaves,
        version=asked.record.version if asked.record else 0,
        **page,
    )


# What lies beside a step: a button goes there, and saves the step on the way.
BESIDE = {
    "pattern": "situation:add_pattern",
    "incident": "situation:add_incident",
    "measure": "situation:add_measure",
    "service": "people:add_service",
    "assessment": "risk:add_assessment",
    "weighing": "risk:add_weighing",
    "inform": "situation:inform",
}


def _leaves_for(request: Request, opened: Opened) -> str | None:
    """Where somebody goes who doesn't go on to the next step: out, or to a page beside it; nothing typed is lost."""
    if request.method != "POST":
        return None
    if "later" in request.POST:
        messages.success(request, _("Saved. You can go on whenever you want."))
        return reverse("house_referrals:referrals")
    where, _colon, whom = request.POST.get("go", "").partition(":")
    if where not in BESIDE or bool(whom) != (where == "inform") or (whom and not is_id(whom)):
        return None
    address = reverse(BESIDE[where], args=[opened.number, *([UUID(whom)] if whom else [])])
    return f"{address}?step={'criteria' if where == 'inform' else 'situation'}"


def _page(opened: Opened, name: str) -> dict:
    """What every step shows: the path, the way back, and its own lists."""
    place = guided.NAMES.index(name)
    progress = guided.progress(opened.dossier)
    following = guided.NAMES[min(place + 1, len(guided.NAMES) - 1)]
    return {
        "title": str(guided.GUIDE[place].label),
        "template": f"referrals/steps/{name}.html",
        "done": _at(opened, following),
        "guide": guided.GUIDE,
        "name": name,
        "place": place,
        "progress": progress,
        "earlier": guided.GUIDE[place - 1] if place else None,
        **(LISTS[name](opened) if name in LISTS else {}),
    }


def _check(request: Request, opened: Opened, page: dict) -> HttpResponse:
    """Everything in short answers, and the one button that submits it."""
    progress = page["progress"]

    def submit(_data: dict) -> None:
        if progress.lacking:
            raise NotNow([Missing(str(gap.text), _at(opened, gap.step)) for gap in progress.lacking])
        take_step("submit", opened=opened, reason="")

    return handle(
        request,
        opened,
        forms.SubmitForm(_sent(request)),
        save=submit,
        leads_to=reverse("referrals:own_referral", args=[opened.number]),
        summary=guided.summary(opened, progress.counts),
        within=settings.WIDA_CHECK_WITHIN[opened.dossier.colour],
        **page,
    )


def _urgency(opened: Opened) -> Asked:
    dossier, by = opened.dossier, opened.actor
    record = (
        Danger.objects.of(dossier)
        .filter(organisation_id=by.organisation_id)
        .order_by("-on", "-created_at")
        .first()
    )

    def save(data: dict):
        version = data.pop("version")
        if record:
            return situation.change(record, by=by, version=version, **data)
        return situation.add_danger(dossier=dossier, by=by, **data)

    return Asked(DangerForm, record, save, initial(record) if record else {"on": timezone.localdate()})


def _contact(opened: Opened) -> Asked:
    record = Referral.objects.of(opened.dossier).first()
    return Asked(
        forms.ContactForm,
        record,
        lambda data: intake.write_referral(dossier=opened.dossier, by=opened.actor, **data),
        {name: getattr(record, name) for name in forms.ContactForm.base_fields}
        if record
        else {"function": opened.actor.function},
    )


def _situation(opened: Opened) -> Asked:
    mine = Narrative.objects.of(opened.dossier).filter(organisation_id=opened.actor.organisation_id)
    record = mine.first()
    return Asked(
        NarrativeForm,
        record,
        lambda data: situation.tell(dossier=opened.dossier, by=opened.actor, **data),
        {"text": record.text} if record else {},
    )


def _criteria(opened: Opened) -> Asked:
    record = Criteria.objects.of(opened.dossier).filter(side=Side.REFERRER).first()
    names = (*queries.CRITERIA_FIELDS, *queries.ALTERNATIVE_FIELDS)
    return Asked(
        lambda *args, **more: forms.CriteriaForm(*args, weighs=False, **more),
        record,
        lambda data: actions.write_criteria(
            dossier=opened.dossier, side=Side.REFERRER, by=opened.actor, **data
        ),
        {name: getattr(record, name) for name in names} if record else {},
    )


def _family(opened: Opened) -> dict:
    return {"members": guided.members(opened.dossier), "groups": dict(Group.choices)}


def _knowing(opened: Opened) -> dict:
    rows = told.informed_rows(opened.dossier)
    return {"people": told.knowing(rows, told.family(opened.dossier), opened.actor), "points": CRITERIA}


def _files(opened: Opened) -> dict:
    rows = Attachment.objects.of(opened.dossier).order_by("created_at")
    return {"files": read(rows, "name", "description", "size")}


ASKED = {"urgency": _urgency, "contact": _contact, "situation": _situation, "criteria": _criteria}
LISTS = {"family": _family, "criteria": _knowing, "attachments": _files}


def _typed_before(asked: Asked, kept: dict[str, list[str]]) -> dict:
    """What was kept as it was typed, over what stands: a list only for a field that takes several."""
    several = {
        name
        for name, field in asked.form().fields.items()
        if isinstance(field, django_forms.MultipleChoiceField)
    }
    return {name: values if name in several else values[0] for name, values in kept.items() if values}


def _sent(request: Request):
    return request.POST if request.method == "POST" else None


def _at(opened: Opened, name: str) -> str:
    return reverse("referrals:step", args=[opened.number, name])


def _json(kept: dict) -> str:
    return json.dumps(kept) if kept else ""
