from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wida.accounts.models import PoliceZone, SafeHome
from wida.dossiers.search import zones
from wida.web import fields


class KnownForm(forms.Form):
    """Is somebody of this family already known? Any one of three combinations of fields may be searched."""

    national_number = fields.text(
        label=_("National register number"), required=False, max_length=20, help=_("With or without dots.")
    )
    family_name = fields.text(label=_("Family name"), required=False, max_length=80)
    given_name = fields.text(label=_("First name"), required=False, max_length=80)
    birth_date = fields.day(label=_("Date of birth"), required=False)


class StartForm(forms.Form):
    """The head of a new dossier."""

    name = fields.text(
        label=_("Name of the dossier"),
        max_length=120,
        help=_("The family names of the adults, for example “Aerdman - Bosteels”."),
    )
    safe_home = fields.pick([], label=_("Safe Home"), nothing=_("Choose a Safe Home"))
    police_zone = fields.pick([], label=_("Police zone"), required=False, nothing=_("Not known yet"))

    def __init__(self, *args, homes: list[SafeHome], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["safe_home"].choices = [
            ("", _("Choose a Safe Home")),
            *((str(home.pk), home.name) for home in homes),
        ]
        self.homes = homes
        self.fields["police_zone"].choices = lambda: _choices(self.zones)
        if len(homes) == 1:
            self.fields["safe_home"].initial = str(homes[0].pk)

    @cached_property
    def zones(self) -> list[PoliceZone]:
        """Looked up when somebody chooses among them, or chose one."""
        return zones(tuple(home.pk for home in self.homes))

    def where(self) -> tuple[SafeHome, PoliceZone | None]:
        """The Safe Home that was chosen, and the police zone when it is one of its own."""
        chosen = self.cleaned_data
        home = next(home for home in self.homes if str(home.pk) == chosen["safe_home"])
        if not chosen["police_zone"]:
            return home, None
        own = (
            zone for zone in self.zones if (zone.pk, zone.safe_home_id) == (chosen["police_zone"], home.pk)
        )
        return home, next(own, None)


class HeadForm(forms.Form):
    """`masked`: the zone is not for this writer, so the form doesn't ask for it and it stays."""

    name = StartForm.base_fields["name"]
    police_zone = fields.pick([], label=_("Police zone"), required=False, nothing=_("Not known yet"))

    def __init__(self, *args, safe_home_id, masked: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if masked:
            del self.fields["police_zone"]
            return
        self.fields["police_zone"].choices = _choices(zones((safe_home_id,)))


def _choices(zones: list[PoliceZone]) -> list[tuple]:
    return [("", _("Not known yet")), *((zone.code, zone.name) for zone in zones)]


class StepForm(forms.Form):
    """A step in the life of a dossier; the reason is kept with it."""

    reason = fields.long_text(label=_("Reason"), required=False, rows=4)

    def __init__(self, *args, asks_reason: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = asks_reason
