"""Code lists of tracks 0 and 1. Stored values are the Dutch terms of the field."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wida.accounts.codes import HOUSE_ROLES, TEAM_ROLES, OrganisationType

# Whoever of a Safe Home gives advice or leads a group.
RECORDERS = HOUSE_ROLES | TEAM_ROLES

# The lanes of the Infodeling and the house itself, so that both tracks and the referrals count alike.
PROFESSIONALS = [(kind.value, kind.label) for kind in OrganisationType if kind != OrganisationType.CENTRAL]


class Theme(TextChoices):
    """What it was about: the registration categories of 1712."""

    PARTNER = "partnergeweld", _("Partner violence")
    CHILD = "kindermishandeling", _("Child abuse")
    PARENTS = "oudermishandeling", _("Violence against parents")
    ELDERLY = "ouderenmishandeling", _("Elder abuse")
    ADULTS = "geweld_tegen_volwassenen", _("Other violence against adults")
    AMONG_CHILDREN = "geweld_tussen_kinderen", _("Violence among children")
    SEPARATION = "scheidingsproblematiek", _("Problems around a separation")
    HONOUR = "eergerelateerd_geweld", _("Honour-related violence")
    PAST = "historisch_misbruik", _("Abuse in the past")
    COPING = "verwerkingsproblematiek", _("Coping with what happened")
    OTHER = "andere", pgettext_lazy("theme", "Other")


class Audience(TextChoices):
    """For whom a group is."""

    LIVED_WITH_IT = "slachtoffers", _("Adults who live or lived with violence")
    USED_IT = "plegers", _("Adults who used violence")
    PARENTS = "ouders", _("Parents")
    CHILDREN = "kinderen", _("Children")
    YOUNG = "jongeren", _("Young people")
    SUPPORT = "steunfiguren", _("Family, friends and neighbours")
    MIXED = "gemengd", _("Mixed group")


class Trace(TextChoices):
    """What in a text can lead to somebody."""

    NATIONAL_NUMBER = "rijksregisternummer", _("a national number")
    PHONE = "telefoonnummer", _("a telephone number")
    NAME = "naam", _("a name")
    PLATE = "nummerplaat", _("a number plate")
    EMAIL = "e_mailadres", _("an e-mail address")
    ADDRESS = "adres", _("an address")
