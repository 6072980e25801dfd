"""Where somebody lives and how to reach them without harm."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from wida.access.queries import Opened
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.accounts.stepup import needs_fresh_sign_in
from wida.dossiers.codes import Answer
from wida.people import actions
from wida.people.addresses import hidden_from
from wida.people.choices import partners
from wida.people.forms.reach import AddressForm, ContactForm, RevealForm
from wida.people.history import unsaid
from wida.people.models import Address, AddressViewer, Contact, Person
from wida.people.queries import label
from wida.people.views import ask, facts, found, refuse, tab_at, typed
from wida.people.words import Reader
from wida.records import actions as records

OPEN_FOR = timedelta(minutes=10)
MESSAGE = {True: Answer.YES, False: Answer.NO, None: Answer.UNKNOWN}


@dossier_view(Part.PEOPLE, Right.WRITE)
def add_contact(request: Request, opened: Opened, person_id: UUID) -> HttpResponse:
    person = found(request, opened, Person, person_id)
    return ask(
        request,
        opened,
        ContactForm(typed(request)),
        save=lambda data: actions.add_contact(person=person, by=opened.actor, **data),
        done=tab_at(opened, f"info-{person.pk}"),
        title=_("Add a way to reach %(name)s") % {"name": label(person)},
        template="people/contact.html",
    )


@dossier_view(Part.PEOPLE, Right.WRITE)
def edit_contact(request: Request, opened: Opened, contact_id: UUID) -> HttpResponse:
    """403 for who may not know where somebody is: a landline tells, and so does an address that isn't one."""
    contact = found(request, opened, Contact, contact_id)
    if unsaid(opened, contact):
        refuse(request, opened, contact)
    initial = facts(contact, ContactForm) | {"may_leave_message": MESSAGE[contact.may_leave_message]}
    return ask(
        request,
        opened,
        ContactForm(typed(request), initial=initial),
        record=contact,
        save=lambda data: records.change(contact, by=opened.actor, **data),
        done=tab_at(opened, f"info-{contact.person_id}"),
        title=_("Change a way to reach %(name)s") % {"name": label(contact.person)},
        template="people/contact.html",
    )


@dossier_view(Part.PEOPLE, Right.WRITE)
def add_address(request: Request, opened: Opened, person_id: UUID) -> HttpResponse:
    person = found(request, opened, Person, person_id)
    return ask(
        request,
        opened,
        AddressForm(typed(request), organisations=partners(opened)),
        save=lambda data: actions.add_address(person=person, by=opened.actor, **data),
        done=tab_at(opened, f"info-{person.pk}"),
        title=_("Add an address of %(name)s") % {"name": label(person)},
        template="people/address.html",
    )


@dossier_view(Part.PEOPLE, Right.WRITE)
def edit_address(request: Request, opened: Opened, address_id: UUID) -> HttpResponse:
    """403 for who may not know this address, though they may write here: they would read it in the form.

    Who may know a shielded one says first why it has to be shown.
    """
    address = found(request, opened, Address, address_id)
    if address.pk in hidden_from(opened).addresses:
        refuse(request, opened, address)
    shown = not unsaid(opened, address) or _revealed(request).get(str(address.pk), 0) > now().timestamp()
    if request.method == "GET" and not shown:
        return HttpResponseRedirect(reverse("people:reveal_address", args=[opened.number, address.pk]))
    viewers = AddressViewer.objects.filter(address=address).values_list("organisation_id", flat=True)
    form = AddressForm(
        typed(request),
        initial=facts(address, AddressForm) | {"viewers": [str(pk) for pk in viewers]},
        organisations=partners(opened, and_these=viewers),
        was_protected=address.protected,
    )
    return ask(
        request,
        opened,
        form,
        record=address,
        save=lambda data: actions.change_address(address=address, by=opened.actor, **data),
        done=tab_at(opened, f"info-{address.person_id}"),
        title=_("Change an address of %(name)s") % {"name": label(address.person)},
        template="people/address.html",
        # Who sends this form without ever having said why gets their own words back, and no others.
        shown=(lambda current: Reader({}).pairs(current)) if shown else None,
    )


@dossier_view(Part.PEOPLE, takes_post=True)
def reveal_address(request: Request, opened: Opened, address_id: UUID) -> HttpResponse:
    """Where somebody shielded lives, on this page only, for who may know it and says why."""
    address = found(request, opened, Address, address_id)
    if address.pk in hidden_from(opened).addresses:
        refuse(request, opened, address)
    if not unsaid(opened, address):
        return HttpResponseRedirect(tab_at(opened, f"info-{address.person_id}"))
    return _reveal(request, opened, address)


@needs_fresh_sign_in
def _reveal(request: Request, opened: Opened, address: Address) -> HttpResponse:
    form = RevealForm(typed(request))
    context = {
        "opened": opened,
        "form": form,
        "title": _("Show the address of %(name)s") % {"name": label(address.person)},
        "tab_title": f"{_('Personal details')} – {opened.number}",
        "back": tab_at(opened, f"info-{address.person_id}"),
        "submit": _("Show the address"),
    }
    if request.method != "POST" or not form.is_valid():
        return render(request, "web/form.html", context, status=422 if form.errors else 200)
    actions.reveal_address(address=address, by=opened.actor, reason=form.cleaned_data["reason"])
    until = (now() + OPEN_FOR).timestamp()
    request.session["revealed"] = _revealed(request) | {str(address.pk): until}
    context |= {
        "address": Reader({}).pairs(address),
        "before": Reader({}).versions(address),
        "may_edit": opened.may(Part.PEOPLE, Right.WRITE),
        "row": address,
    }
    return render(request, "people/revealed.html", context)


def _revealed(request: Request) -> dict[str, float]:
    """The addresses this session gave a reason for, and until when each may be changed."""
    return request.session.get("revealed", {})
