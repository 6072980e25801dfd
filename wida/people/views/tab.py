"""The tab itself, the history of a person, and taking something out of the file."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from markupsafe import Markup

from wida.access.queries import Opened
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.dossiers.frame import Section, tab
from wida.people import actions, cards
from wida.people.addresses import hidden_from
from wida.people.codes import Group
from wida.people.forms import WithdrawForm
from wida.people.history import changes
from wida.people.links import links
from wida.people.models import (
    Address,
    ChildNote,
    ChildPanel,
    Contact,
    Custody,
    Household,
    Person,
    Relation,
    Residence,
    Service,
)
from wida.people.page import Page, page
from wida.people.queries import label
from wida.people.views import as_it_stands, ask, found, refuse, tab_at, typed
from wida.records.kept import kept

WITHDRAWABLE = {
    "person": (Person, gettext_lazy("Withdraw this person")),
    "contact": (Contact, gettext_lazy("Withdraw this contact")),
    "address": (Address, gettext_lazy("Withdraw this address")),
    "relation": (Relation, gettext_lazy("Withdraw this relation")),
    "household": (Household, gettext_lazy("Withdraw this household")),
    "residence": (Residence, gettext_lazy("Withdraw this residence")),
    "custody": (Custody, gettext_lazy("Withdraw this parental authority")),
    "panel": (ChildPanel, gettext_lazy("Withdraw what stands about this child")),
    "note": (ChildNote, gettext_lazy("Withdraw this note")),
    "service": (Service, gettext_lazy("Withdraw this service")),
}


@dossier_view(Part.PEOPLE)
def people(request: Request, opened: Opened) -> HttpResponse:
    shown = page(opened)
    direct, children, others = (shown.cards[group] for group in Group)
    sections = [
        Section("direct", Group.DIRECT.label, bool(direct), len(direct)),
        Section("children", Group.CHILD.label, bool(children), len(children)),
        Section("family", _("Family system"), bool(shown.relations)),
        Section("homes", _("Who lives with whom"), bool(shown.homes), len(shown.homes)),
        Section("others", Group.OTHER.label, bool(others), len(others)),
        Section("services", _("Services involved"), bool(shown.services), len(shown.services)),
    ]
    write = opened.may(Part.PEOPLE, Right.WRITE)
    context = {"write": write, "family": _family(opened, shown, write)}
    return tab(request, opened, Part.PEOPLE, "people/people.html", sections=sections, **context)


def _family(opened: Opened, shown: Page, write: bool) -> Markup:
    """The text of the tab, written again only when something in it changed, for this language and this day."""
    context = {"page": shown, "write": write, "words": cards, "link": links(opened.number)}
    names = [(str(pk), name) for pk, name in shown.names.items()]
    source = ("people/family", get_language(), localdate(), opened.number, write, shown._replace(names=names))
    written = kept(opened.dossier.pk, source, lambda: render_to_string("people/family.html", context))
    return Markup(written)  # noqa: S704 - as the template wrote it


@dossier_view(Part.PEOPLE)
def history(request: Request, opened: Opened, person_id: UUID) -> HttpResponse:
    """Every version of what stands about a person, also of somebody who was withdrawn."""
    person = Person.objects.filter(dossier_id=opened.dossier.pk, pk=person_id).first()
    if person is None:
        raise Http404
    context = {
        "person": label(person),
        "changes": changes(opened, person),
        "back": tab_at(opened, f"person-{person.pk}"),
    }
    return tab(request, opened, Part.PEOPLE, "people/history.html", sections=[], **context)


@dossier_view(Part.PEOPLE, Right.WRITE)
def withdraw(request: Request, opened: Opened, kind: str, record_id: UUID) -> HttpResponse:
    """One screen for all: what it says now, and why it goes. It stays readable in the history."""
    if kind not in WITHDRAWABLE:
        raise Http404
    model, title = WITHDRAWABLE[kind]
    record = found(request, opened, model, record_id)
    if kind == "address" and record.pk in hidden_from(opened).addresses:
        refuse(request, opened, record)
    return ask(
        request,
        opened,
        WithdrawForm(typed(request)),
        record=record,
        save=lambda data: actions.withdraw(record=record, by=opened.actor, **data),
        done=tab_at(opened),
        title=title,
        template="people/withdraw.html",
        says=as_it_stands(opened, record),
        hanging=kind in {"person", "household"},
    )
