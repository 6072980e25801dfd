"""A form that is sent to be kept, not to be saved: the same address, the same door, with `draft` among its answers."""

import json
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wida.access.queries import Opened
from wida.access.rules import Part, Right
from wida.accounts.http import Request
from wida.drafts import actions, queries
from wida.records.models import Submission
from wida.web.dates import clock

# What belongs to one sending of a form, not to its words.
NOT_WORDS = {"csrfmiddlewaretoken", "form_key", "draft", "draft_title", "draft_for", "version", "base"}
LONGEST = 1_000_000


def wanted(request: Request) -> bool:
    return request.method == "POST" and "draft" in request.POST


def form_key(request: Request) -> UUID | None:
    try:
        return UUID(request.POST.get("form_key", ""))
    except ValueError:
        return None


def started_from(request: Request, name: str = "version") -> int:
    """A form without a readable version started from none, which conflicts with every record."""
    value = request.POST.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else 0


def may_keep(opened: Opened) -> bool:
    """Who only reads in a dossier keeps nothing there."""
    return any(right != Right.READ for _part, right in opened.rights) or opened.frozen


def keep(request: Request, opened: Opened | None = None, part: Part | None = None) -> HttpResponse:
    """Keeps what was typed. A script gets JSON; a button leads back to the form with the words in it."""
    key, words = form_key(request), _words(request)
    own = request.POST.get("draft_for", str(request.actor.membership_id)) == str(request.actor.membership_id)
    saved_at = None
    if key and own and len(words) <= LONGEST:
        saved_at = actions.keep(
            key=key,
            words=words,
            place=request.path[:300],
            by=request.actor,
            dossier=opened.dossier.pk if opened else None,
            part=part or "",
            started_from=_version(request),
        )
    if saved_at and opened and part:
        actions.be_present(dossier=opened.dossier.pk, part=part, place=request.path[:300], by=request.actor)
    if "application/json" not in request.headers.get("Accept", ""):
        return _by_button(request, key if saved_at else None)
    if saved_at is None:
        return JsonResponse({"kept": False, "sent": bool(key and own and actions.sent(key))}, status=409)
    others = queries.present(opened, part, request.path) if opened and part else []
    return JsonResponse({"kept": True, "status": status(saved_at), "present": who_is_here(others)})


def status(saved_at) -> str:
    return _("Draft saved at %(time)s") % {"time": clock(saved_at)}


def who_is_here(others: list[queries.Present]) -> str:
    """One sentence, empty when nobody else is there."""
    writing = [other.signature for other in others if other.writing_here]
    reading = [other.signature for other in others if not other.writing_here]
    told = [_("%(who)s is writing in this form too.") % {"who": who} for who in writing]
    told += [_("%(who)s is in this part too.") % {"who": who} for who in reading]
    return " ".join(told)


def _words(request: Request) -> str:
    fields = {name: values for name, values in request.POST.lists() if name not in NOT_WORDS}
    return json.dumps({"title": request.POST.get("draft_title", "")[:300], "fields": fields})


def _version(request: Request) -> int | None:
    """What the words started from. Where two texts are compared, that is still the version before."""
    name = "base" if "base" in request.POST else "version"
    return started_from(request, name) if name in request.POST else None


def _by_button(request: Request, key: UUID | None) -> HttpResponse:
    if key:
        query = request.GET.copy()
        query["draft"] = str(key)
        return HttpResponseRedirect(f"{request.path}?{query.urlencode()}", status=303)
    sent = Submission.objects.filter(key=form_key(request), user=request.actor.user_id).exclude(location="")
    if led_to := sent.values_list("location", flat=True).first():
        return HttpResponseRedirect(led_to, status=303)
    page = {
        "title": _("This draft was not saved"),
        "text": _("Copy what you typed from below, open the form again and try once more."),
        "typed": [value for values in json.loads(_words(request))["fields"].values() for value in values],
        "links": [(request.path, _("Open the form again"))],
    }
    return render(request, "web/message.html", page, status=409)
