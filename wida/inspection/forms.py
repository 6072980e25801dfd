from django import forms
from django.utils.translation import gettext_lazy as _

from wida.inspection.codes import GIVE, Ground
from wida.inspection.gather import Passage
from wida.web import fields

DECISIONS = [
    (GIVE, _("Give")),
    (_("Withhold"), [(ground.value, ground.label) for ground in Ground]),
]


class StartForm(forms.Form):
    person = fields.pick([], label=_("Who asks?"))
    asked_on = fields.day(label=_("Asked on"), past=True)
    identity = fields.long_text(
        label=_("How do you know that it is this person?"),
        rows=2,
        help=_("For example: identity card shown at the desk. Never by mail or telephone alone."),
    )

    def __init__(self, *args, people: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", ""), *people]


class DecideForm(forms.Form):
    """A question for each passage that can be given; one that is left open stays undecided."""

    def __init__(self, *args, passages: list[Passage], **kwargs):
        super().__init__(*args, **kwargs)
        for number, passage in enumerate(passages):
            if not passage.locked:
                self.fields[passage.key] = fields.pick(
                    DECISIONS,
                    label=_("Decision on passage %(number)s") % {"number": number + 1},
                    required=False,
                    nothing=_("Undecided"),
                    initial=passage.decision,
                )


class ReleaseForm(forms.Form):
    read = fields.tick(
        label=_("I read every passage that is given, and none of it harms somebody else"), required=True
    )


class AnsweredForm(forms.Form):
    on = fields.day(label=_("Handed over on"), past=True)
