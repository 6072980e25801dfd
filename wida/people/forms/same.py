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


class UndoForm(forms.Form):
    reason = fields.long_text(label=_("Why?"), rows=3)
