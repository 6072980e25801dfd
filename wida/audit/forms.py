from django import forms
from django.utils.translation import gettext_lazy as _

from wida.audit.codes import Verdict
from wida.web import fields


class AskForm(forms.Form):
    words = fields.text(
        label=_("Your question"),
        max_length=200,
        help=_("One line. It is kept with this look, and so is the answer."),
    )


class AnswerForm(forms.Form):
    words = fields.long_text(label=_("Your answer"), rows=3, max_length=2000)


class JudgeForm(forms.Form):
    verdict = fields.choice(Verdict.choices, label=_("What did you find?"))
    words = fields.long_text(label=_("Explanation"), rows=3, max_length=2000)
