"""What is asked of whoever refers, in the queue, and for a move."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wida.accounts.models import Membership
from wida.consults.forms import ConsultForm
from wida.web import fields


class ContactForm(forms.Form):
    """How the Safe Home reaches whoever refers, and what they expect of it."""

    function = fields.text(label=_("Your function"), required=False, max_length=120)
    phone = fields.phone(label=_("Telephone number on which the Safe Home can reach you"))
    email = fields.email(label=_("E-mail address"), required=False)
    best_moment = fields.text(
        label=_("When can you be reached best?"),
        required=False,
        help=_("For example: working days from 9 till 12"),
    )
    colleague = fields.text(label=_("Who knows the family when you are away?"), required=False)
    expects = fields.long_text(label=_("What do you expect of the Safe Home?"), required=False, rows=3)


class SubmitForm(forms.Form):
    """The last step: what the referrer declares."""

    declared = fields.tick(
        label=_(
            "I fill this in as a professional bound by secrecy. What I write is needed to stop the violence, "
            "and I go on following up until the Safe Home takes over."
        ),
        required=True,
        missing=_("Tick the declaration to submit the referral"),
    )


class CompleteForm(forms.Form):
    text = fields.long_text(
        label=_("What do you want to add?"),
        help=_("What you wrote before stays as it is. The Safe Home sees that you added something."),
    )


class ReasonForm(forms.Form):
    """One question: why. `label` says it in the words of the page."""

    reason = fields.long_text(label=_("Reason"), rows=4)

    def __init__(self, *args: Any, label: str = "", help: str = "", required: bool = True, **kwargs: Any):
        super().__init__(*args, **kwargs)
        reason = self.fields["reason"]
        reason.label, reason.help_text, reason.required = label or reason.label, help, required


class ToConsultForm(ConsultForm):
    """A consult in the place of a referral; why so is read in the dossier, as long as that is there."""

    reason = fields.long_text(label=_("Why is an anonymous consult enough?"), rows=4)
    field_order = ("reason",)


class HandOverForm(forms.Form):
    """To whom of the house; `members` are those who may know of it."""

    to = fields.choice([], label=_("To whom?"), look="stack")
    reason = fields.long_text(
        label=_("What does your colleague need to know?"),
        required=False,
        rows=3,
        help=_("Name nobody of the family."),
    )

    def __init__(self, *args: Any, members: list[Membership], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.members = {str(member.pk): member for member in members}
        self.fields["to"].choices = [
            (key, f"{member.user.name}, {member.get_role_display()}") for key, member in self.members.items()
        ]

    def clean_to(self) -> Membership:
        return self.members[self.cleaned_data["to"]]


class TogetherForm(forms.Form):
    """One act on several. Taking asks no reason; putting back and closing do."""

    ACTS = {
        "take": _("Take on together"),
        "put_back": _("Put back together"),
        "set_aside": _("Close together, without further follow-up"),
    }
    reason = fields.long_text(label=_("Reason, kept with each of them"), rows=3)

    def __init__(self, *args: Any, act: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if act == "take":
            del self.fields["reason"]


class OfferForm(forms.Form):
    """To which other house, and why. `homes` are the others that exist today."""

    to_home = fields.pick([], label=_("To which Safe Home?"), nothing=_("Choose a Safe Home"))
    reason = fields.long_text(
        label=_("Why does this dossier belong there?"),
        rows=4,
        help=_(
            "The coordinator there reads this before they can read the dossier: name nobody, and no address. "
            "Call them first."
        ),
    )

    def __init__(self, *args: Any, homes: list, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.homes = {str(home.pk): home for home in homes}
        self.fields["to_home"].choices = [
            ("", _("Choose a Safe Home")),
            *((key, home.name) for key, home in self.homes.items()),
        ]

    def clean_to_home(self):
        return self.homes[self.cleaned_data["to_home"]]


class ConfirmForm(forms.Form):
    sure = fields.tick(
        label=_("I spoke with the coordinator who offers it, and it belongs with us"),
        required=True,
        missing=_("Confirm that you spoke with the coordinator who offers it"),
    )


class ApproveForm(forms.Form):
    read = fields.tick(
        label=_("I read the letter. Nothing that a partner told us stands in it."),
        required=True,
        missing=_("Read the letter, and confirm that nothing of a partner stands in it"),
    )


class SentForm(forms.Form):
    on = fields.day(label=_("Sent on"), past=True)
