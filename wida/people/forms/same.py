from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wida.people.codes import SamePerson
from wida.web import fields


class SamePersonForm(forms.Form):
    """Whether two records are of one person."""

    answer = fields.choice(SamePerson.choices, label=_("Your answer"))
    reason = fields.long_text(
        label=_("Why?"),
        required=False,
        rows=3,
        help=_("For example what you asked the family or a colleague. It stays in this dossier."),
    )


class MergeForm(forms.Form):
    """Who else of this dossier is the same person; `others` are (id, label, what tells them apart)."""

    other = fields.choice([], label=_("Which other record is the same person?"), look="stack")
    reason = fields.long_text(label=_("How do you know?"), rows=3)

    def __init__(self, *args: Any, others: list[tuple[str, str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = [(key, name) for key, name, _told in others]
        self.fields["other"].widget.helps = {key: told for key, _name, told in others}


class UndoForm(forms.Form):
    reason = fields.long_text(label=_("Why?"), rows=3)
