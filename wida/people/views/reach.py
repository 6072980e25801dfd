"""Where somebody lives and how to reach them without harm."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from wida.access.queries import Opened
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.dossiers.codes import Answer
from wida.people import actions
from wida.people.addresses import hidden_from
from wida.people.choices import partners
from wida.people.forms.reach import AddressForm, ContactForm
from wida.people.models import Address, AddressViewer, Contact, Person
from wida.people.queries import label
from wida.people.views import ask, facts, found, refuse, tab_at, typed
from wida.records import actions as records

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
    contact = found(request, opened, Contact, contact_id)
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
    """403 for who may not know this address, though they may write here: they would read it in the form."""
    address = found(request, opened, Address, address_id)
    if address.pk in hidden_from(opened).addresses:
        refuse(request, opened, address)
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
    )
