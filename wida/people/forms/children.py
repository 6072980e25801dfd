"""What a child lives through, says and shows; and the services around a family."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wida.people.codes import ChildNoteKind, Exposure, Group, GrownUp, ServiceKind, ServiceState
from wida.people.forms import check_period
from wida.web import fields


class PanelForm(forms.Form):
    """`masked`: where a shielded child goes to school is not shown to this writer, so it isn't asked and stays."""

    exposure = fields.choice(Exposure, label=_("How is this child exposed to the violence?"), look="stack")
    school = fields.text(label=_("School or day care"), required=False, max_length=120)
    school_contact = fields.text(label=_("Contact at the school"), required=False)
    safe_person = fields.text(label=_("Somebody this child trusts"), required=False)

    def __init__(self, *args, masked: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if masked:
            del self.fields["school"], self.fields["school_contact"]


class GrownUpForm(forms.Form):
    """What was discussed with who became eighteen, and decided."""

    spoken_on = fields.day(label=_("Discussed on"), required=False)
    asked = fields.long_text(
        label=_("What do they want themselves?"),
        rows=3,
        required=False,
        help=_("In their own words: who may know what, how to reach them safely, what they ask of you."),
    )
    decision = fields.choice(GrownUp, label=_("What is decided?"), look="stack")
    group = fields.choice(
        [
            (Group.DIRECT, Group.DIRECT.label),
            (Group.OTHER, Group.OTHER.label),
            (Group.CHILD, Group.CHILD.label),
        ],
        label=_("Where do they stand in this dossier from now on?"),
        look="stack",
    )
    ground = fields.long_text(label=_("On which ground, and why?"), rows=4)

    def clean(self) -> dict:
        data = super().clean()
        if data.get("decision") not in (None, GrownUp.UNREACHED) and not data.get("spoken_on"):
            self.add_error(
                "spoken_on", _("Fill in when you discussed it, or say that they could not be spoken")
            )
        return data


class NoteForm(forms.Form):
    """A child's own words, a signal, or that somebody saw the child."""

    kind = fields.choice(
        [
            (
                ChildNoteKind.VOICE,
                ChildNoteKind.VOICE.label,
                _("What the child said or wants, in its own words."),
            ),
            (ChildNoteKind.SEEN, ChildNoteKind.SEEN.label, _("A professional saw or spoke to the child.")),
            (
                ChildNoteKind.SIGNAL,
                ChildNoteKind.SIGNAL.label,
                _("Something noticed in the child's behaviour or body."),
            ),
        ],
        label=_("What is it?"),
        look="stack",
    )
    on = fields.day(label=_("When?"), past=True)
    by_whom = fields.text(
        label=_("Who heard, saw or noticed it?"), help=_("A name and an organisation or function.")
    )
    text = fields.long_text(label=_("What?"), required=False, rows=5)

    def clean(self):
        data = super().clean()
        if (
            data.get("kind") in (ChildNoteKind.VOICE, ChildNoteKind.SIGNAL)
            and not data.get("text")
            and "text" not in self.errors
        ):
            self.add_error("text", _("Write down what the child said or what was noticed"))
        return data


class ServiceForm(forms.Form):
    """A service that helps the family, or did."""

    name = fields.text(label=_("Name of the service"), max_length=120)
    kind = fields.pick(ServiceKind, label=_("Kind of service"))
    for_whom = fields.text(label=_("For whom?"), required=False)
    contact = fields.text(
        label=_("Contact person"), required=False, help=_("A name, and how colleagues reach them.")
    )
    state = fields.choice(ServiceState, label=_("How does it stand?"))
    since = fields.day(label=_("Since"), required=False)
    until = fields.day(label=_("Until"), required=False)
    result = fields.long_text(label=_("How did it go?"), required=False, rows=4)

    def clean(self):
        data = super().clean()
        check_period(self)
        if data.get("until") and data.get("state") == ServiceState.WAITING:
            self.add_error("until", _("A service somebody waits for has no last day"))
        return data
