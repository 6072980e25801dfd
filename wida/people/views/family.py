"""How persons belong together: relations, households, custody."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from wida.access.queries import Opened
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.people import actions
from wida.people.addresses import hidden_from
from wida.people.choices import households, standing
from wida.people.codes import Group
from wida.people.forms.family import (
    CustodyForm,
    HouseholdForm,
    HouseholdLabelForm,
    RelationForm,
    ResidenceForm,
)
from wida.people.history import unsaid
from wida.people.models import Custody, Household, Relation, Residence
from wida.people.queries import person_choices
from wida.people.views import ask, facts, found, refuse, tab_at, typed
from wida.records import actions as records


@dossier_view(Part.PEOPLE, Right.WRITE)
def add_relation(request: Request, opened: Opened) -> HttpResponse:
    form = RelationForm(
        typed(request),
        initial={"person": request.GET.get("person", "")},
        persons=person_choices(opened.dossier),
        standing=standing(Relation, opened.dossier),
    )
    return ask(
        request,
        opened,
        form,
        save=lambda data: actions.add_relation(dossier=opened.dossier, by=opened.actor, **data),
        done=tab_at(opened, "family"),
        title=_("Add a relation"),
    )


@dossier_view(Part.PEOPLE, Right.WRITE)
def edit_relation(request: Request, opened: Opened, relation_id: UUID) -> HttpResponse:
    relation = found(request, opened, Relation, relation_id)
    form = RelationForm(
        typed(request),
        initial=facts(relation, RelationForm),
        persons=person_choices(opened.dossier),
        standing=standing(Relation, opened.dossier, but=relation.pk),
    )
    return ask(
        request,
        opened,
        form,
        record=relation,
        save=lambda data: actions.change_relation(relation=relation, by=opened.actor, **data),
        done=tab_at(opened, "family"),
        title=_("Change a relation"),
    )


@dossier_view(Part.PEOPLE, Right.WRITE)
def add_household(request: Request, opened: Opened) -> HttpResponse:
    return ask(
        request,
        opened,
        HouseholdForm(typed(request), persons=person_choices(opened.dossier)),
        save=lambda data: actions.add_household(dossier=opened.dossier, by=opened.actor, **data),
        done=tab_at(opened, "homes"),
        title=_("Add a household"),
    )


@dossier_view(Part.PEOPLE, Right.WRITE)
def edit_household(request: Request, opened: Opened, household_id: UUID) -> HttpResponse:
    """403 for who may not know how it is called: somebody in it has an address that is shielded from them."""
    household = found(request, opened, Household, household_id)
    if household.pk in hidden_from(opened).homes:
        refuse(request, opened, household)
    return ask(
        request,
        opened,
        HouseholdLabelForm(typed(request), initial=facts(household, HouseholdLabelForm)),
        record=household,
        save=lambda data: records.change(household, by=opened.actor, **data),
        done=tab_at(opened, "homes"),
        title=_("Change the name of a household"),
    )


@dossier_view(Part.PEOPLE, Right.WRITE)
def add_residence(request: Request, opened: Opened) -> HttpResponse:
    form = ResidenceForm(
        typed(request),
        initial={"household": request.GET.get("household", ""), "person": request.GET.get("person", "")},
        persons=person_choices(opened.dossier),
        households=households(opened),
        standing=standing(Residence, opened.dossier),
    )
    return ask(
        request,
        opened,
        form,
        save=lambda data: actions.add_residence(dossier=opened.dossier, by=opened.actor, **data),
        done=tab_at(opened, "homes"),
        title=_("Add somebody to a household"),
    )


@dossier_view(Part.PEOPLE, Right.WRITE)
def edit_residence(request: Request, opened: Opened, residence_id: UUID) -> HttpResponse:
    residence = found(request, opened, Residence, residence_id)
    form = ResidenceForm(
        typed(request),
        initial=facts(residence, ResidenceForm),
        persons=person_choices(opened.dossier),
        households=households(opened),
        standing=standing(Residence, opened.dossier, but=residence.pk),
        masked={name for name in unsaid(opened, residence) if getattr(residence, name)},
    )
    return ask(
        request,
        opened,
        form,
        record=residence,
        save=lambda data: actions.change_residence(residence=residence, by=opened.actor, **data),
        done=tab_at(opened, "homes"),
        title=_("Change who lives where"),
    )


@dossier_view(Part.PEOPLE, Right.WRITE)
def add_custody(request: Request, opened: Opened) -> HttpResponse:
    form = CustodyForm(
        typed(request),
        initial={"child": request.GET.get("child", "")},
        children=person_choices(opened.dossier, (Group.CHILD,)),
        persons=person_choices(opened.dossier),
        standing=standing(Custody, opened.dossier),
    )
    return ask(
        request,
        opened,
        form,
        save=lambda data: actions.add_custody(dossier=opened.dossier, by=opened.actor, **data),
        done=tab_at(opened, "children"),
        title=_("Add parental authority"),
    )


@dossier_view(Part.PEOPLE, Right.WRITE)
def edit_custody(request: Request, opened: Opened, custody_id: UUID) -> HttpResponse:
    custody = found(request, opened, Custody, custody_id)
    form = CustodyForm(
        typed(request),
        initial=facts(custody, CustodyForm),
        children=person_choices(opened.dossier),
        persons=person_choices(opened.dossier),
        standing=standing(Custody, opened.dossier, but=custody.pk),
    )
    return ask(
        request,
        opened,
        form,
        record=custody,
        save=lambda data: actions.change_custody(custody=custody, by=opened.actor, **data),
        done=tab_at(opened, f"info-{custody.child_id}"),
        title=_("Change parental authority"),
    )
