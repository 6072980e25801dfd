from django import forms
from django.utils.translation import gettext_lazy as _

from wida.access.codes import Declared, EmergencyOutcome
from wida.access.rules import Ground
from wida.accounts.codes import HOUSE_ROLES, TEAM_ROLES
from wida.accounts.models import Membership, Organisation
from wida.web import fields


class MandateForm(forms.Form):
    """Somebody of the house's team is assigned, or somebody of a partner is invited."""

    holder = fields.pick(
        [], label=_("Who"), help=_("The team of the Safe Home, and the contact persons of its partners.")
    )
    why = fields.long_text(label=_("Why does this person need the dossier?"), rows=3)
    until = fields.day(label=_("Until"), required=False, coming=True)

    def __init__(self, *args, safe_home_id, extra_protected: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        roles = TEAM_ROLES | HOUSE_ROLES if extra_protected else TEAM_ROLES
        team = Membership.objects.current().filter(organisation__safe_home_id=safe_home_id, role__in=roles)
        both = (team, Membership.objects.partners_of(safe_home_id))
        members = [
            member for group in both for member in group.select_related("user", "organisation__safe_home")
        ]
        members.sort(key=lambda member: (member.organisation.name, member.user.name))
        self.members = {str(member.pk): member for member in members}
        self.fields["holder"].choices = [
            ("", _("Choose somebody")),
            *(
                (key, f"{member.organisation.name}: {member.user.name}")
                for key, member in self.members.items()
            ),
        ]

    def clean_holder(self):
        member = self.members[self.cleaned_data["holder"]]
        grounds = dict.fromkeys(TEAM_ROLES, Ground.ASSIGNED) | dict.fromkeys(HOUSE_ROLES, Ground.CIRCLE)
        self.ground = grounds.get(member.role, Ground.INVITED)
        return member


class WhyForm(forms.Form):
    why = fields.long_text(label=_("Reason"), rows=3)


class BlockForm(forms.Form):
    """Keep one person out, or everybody of an organisation."""

    whom = fields.pick(
        [],
        label=_("Who may never see this dossier?"),
        help=_("For them the dossier does not exist. They are not told."),
    )
    why = fields.long_text(
        label=_("Why?"), rows=3, help=_("For example: is the brother of somebody in the dossier.")
    )

    def __init__(self, *args, safe_home_id, **kwargs):
        super().__init__(*args, **kwargs)
        members = Membership.objects.current().filter(
            organisation__safe_home_id=safe_home_id
        ) | Membership.objects.current().filter(organisation__partnerships__safe_home_id=safe_home_id)
        self.users = {f"user:{m.user_id}": m.user for m in members.select_related("user").distinct()}
        organisations = Organisation.objects.filter(partnerships__safe_home_id=safe_home_id).order_by("name")
        self.organisations = {f"organisation:{o.pk}": o for o in organisations}
        self.fields["whom"].choices = [
            ("", _("Choose somebody")),
            *sorted(((key, user.name) for key, user in self.users.items()), key=lambda choice: choice[1]),
            *(
                (key, _("Everybody of %(organisation)s") % {"organisation": o.name})
                for key, o in self.organisations.items()
            ),
        ]


class AcquaintedForm(forms.Form):
    """Asked once, of who bears the name of somebody in the file."""

    answer = fields.choice(
        [
            (Declared.NO, Declared.NO.label),
            (
                Declared.YES,
                Declared.YES.label,
                _("The dossier then closes for you, and the coordinator takes over from here."),
            ),
        ],
        label=_("Do you know somebody of this family privately?"),
        help=_("As family, friend, neighbour, ex-partner, or in any other way outside your work."),
        look="stack",
    )
    words = fields.long_text(
        label=_("What should the coordinator know?"),
        required=False,
        rows=3,
        help=_("Only the coordinator reads this."),
    )


class ProposalForm(forms.Form):
    accepted = fields.choice(
        [
            ("ja", _("Keep this person out"), _("For them the dossier does not exist. They are not told.")),
            ("nee", _("No conflict"), _("They work on, or can work on again.")),
        ],
        label=_("What do you decide?"),
        look="stack",
    )
    why = fields.long_text(label=_("Reason"), rows=3)


class EmergencyForm(forms.Form):
    """A number is asked, not chosen from a list: this screen shows nobody what exists."""

    number = fields.text(label=_("Number of the dossier"), max_length=16, help=_("For example LIMB10034."))
    reason = fields.long_text(
        label=_("Why can this not wait?"),
        rows=4,
        help=_("The coordinator of the dossier reads this at once."),
    )

    def clean_number(self):
        return "".join(self.cleaned_data["number"].split()).upper()


class ReviewForm(forms.Form):
    outcome = fields.choice(EmergencyOutcome, label=_("What do you think of it?"), look="stack")
    note = fields.long_text(label=_("Reason"), rows=4)
