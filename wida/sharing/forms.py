from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wida.accounts.codes import OrganisationType
from wida.accounts.models import Membership
from wida.sharing.codes import (
    ANSWER_DAYS,
    ANSWERS,
    SENSITIVE,
    WITH_TEXT,
    AskGround,
    DataCategory,
    LaneState,
    Source,
)
from wida.web import fields


class AskForm(forms.Form):
    """Which contact persons are asked, why, and by when."""

    contacts = fields.many(
        [], label=_("Who is asked?"), look="stack", help=_("They can read the dossier from now on.")
    )
    ground = fields.choice(
        AskGround, label=_("On which ground (decree on the Safe Homes, article 12)?"), look="stack"
    )
    why = fields.long_text(
        label=_("Why is this organisation needed?"),
        required=False,
        rows=3,
        help=_(
            "Always for an organisation of the kind “Other” (article 10, 23°). The organisation reads this."
        ),
    )
    due_on = fields.day(label=_("Answer by"), coming=True)

    def __init__(
        self,
        *args: Any,
        members: list[Membership],
        ticked: Iterable[UUID] = (),
        notes: dict[UUID, str],
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.members = {str(member.pk): member for member in members}
        choices = [
            (key, f"{member.organisation.name}: {member.user.name}", notes.get(member.organisation_id, ""))
            for key, member in self.members.items()
        ]
        self.fields["contacts"].choices = [choice[:2] for choice in choices]
        self.fields["contacts"].widget.helps = {key: note for key, _label, note in choices}
        self.fields["contacts"].initial = [
            key for key, member in self.members.items() if member.organisation_id in set(ticked)
        ]
        self.fields["due_on"].initial = timezone.localdate() + timedelta(days=ANSWER_DAYS)

    def clean_contacts(self) -> list[Membership]:
        return [self.members[key] for key in self.cleaned_data["contacts"]]

    def clean(self) -> dict:
        data = super().clean()
        others = [m for m in data.get("contacts", []) if m.organisation.type == OrganisationType.OTHER]
        if others and not data.get("why") and "why" not in self.errors:
            self.add_error(
                "why", _("Write why this organisation is needed: the law asks it for the kind “Other”")
            )
        return data


class ContributionForm(forms.Form):
    """What an organisation answers. Whatever stands in a branch that was not chosen is asked about, never dropped."""

    state = fields.choice(ANSWERS, label=_("Is the family known to your organisation?"), look="stack")
    text = fields.long_text(
        label=_("Relevant information"),
        rows=8,
        help=_("Facts, dates and running help. No diagnosis and no opinion without its source."),
        missing=_("Fill in the relevant information"),
    )
    persons = fields.many(
        [], label=_("About whom?"), required=False, help=_("Nobody ticked means the whole family.")
    )
    source = fields.choice(
        Source,
        label=_("Where does this information come from?"),
        look="stack",
        missing=_("Choose where this information comes from"),
    )
    source_on = fields.day(label=_("Date of the source"), required=False, past=True)
    categories = fields.many(
        [
            (category, f"{category.value}. {category.label}", _("sensitive") if category in SENSITIVE else "")
            for category in DataCategory
        ],
        label=_("Which kinds of data are in it?"),
        look="lines",
        help=_(
            "The closed list of the decree, article 15. Share sensitive kinds only when it can't be done without."
        ),
        missing=_("Choose at least one kind of data"),
    )
    necessity = fields.long_text(
        label=_("Why is it needed to share this?"),
        rows=3,
        help=_("What can the others do with it to protect somebody of the family?"),
        missing=_("Fill in why it is needed to share this"),
    )
    why_not = fields.long_text(
        label=_("On which ground may you not share?"),
        rows=3,
        help=_("For example professional secrecy, a running investigation, or a rule of your organisation."),
        missing=_("Fill in on which ground you may not share"),
    )

    def __init__(
        self,
        *args: Any,
        persons: Callable[[], list[tuple[str, str]]],
        correction: bool,
        readers: str,
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.readers = readers
        self.fields["persons"].choices = persons
        if correction:
            self.fields["reason"] = fields.long_text(
                label=_("What changed, and why?"), rows=2, help=_("The earlier version stays readable.")
            )
        if self.is_bound:
            self._require_by_answer(self.data.get("state"))

    def _require_by_answer(self, state: str | None) -> None:
        """Each answer asks for fields of its own; before there is one, none of them is called optional."""
        for name in ("text", "source", "categories", "necessity"):
            self.fields[name].required = state in WITH_TEXT
        self.fields["why_not"].required = state == LaneState.MAY_NOT

    def clean_categories(self) -> list[int]:
        return [int(code) for code in self.cleaned_data["categories"]]

    def clean_persons(self) -> list[UUID]:
        return [UUID(key) for key in self.cleaned_data["persons"]]

    def clean(self) -> dict:
        data = super().clean()
        shown = self.data.get("readers")
        if shown and shown != self.readers:
            self.add_error(
                None, _("The list of readers changed while you were writing. Look at it again, then share.")
            )
        state = data.get("state")
        if state in WITH_TEXT:
            self._refuse(
                "why_not", _("You share information, so empty this field, or choose “May not share”")
            )
        elif state:
            for name in ("text", "necessity"):
                self._refuse(name, _("Choose “Known” or “Formerly known” to share this, or empty this field"))
            if state != LaneState.MAY_NOT:
                self._refuse("why_not", _("Choose “May not share”, or empty this field"))
            data.update(source="", source_on=None, categories=[], persons=[])
        return data

    def _refuse(self, name: str, message: Any) -> None:
        if self.cleaned_data.get(name):
            self.add_error(name, message)


class WithdrawForm(forms.Form):
    reason = fields.long_text(
        label=_("Why do you withdraw this?"), rows=3, help=_("The members of the dossier read this.")
    )
