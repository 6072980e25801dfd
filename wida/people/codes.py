"""Code lists of persons and families. Stored values are the Dutch terms of the field."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Group(TextChoices):
    DIRECT = "rechtstreeks", _("Directly involved")
    CHILD = "kind", _("Children")
    OTHER = "andere", _("Others involved")


class Sex(TextChoices):
    FEMALE = "vrouw", _("Woman")
    MALE = "man", _("Man")
    OTHER = "x", _("X")
    UNKNOWN = "onbekend", _("Unknown")


class AddressType(TextChoices):
    DOMICILE = "domicilie", _("Domicile")
    RESIDENCE = "verblijf", _("Residence")
    REFUGE = "vluchthuis", _("Refuge")
    REFERENCE = "referentieadres", _("Reference address")
    CHOSEN = "gekozen_woonplaats", _("Chosen residence (lawyer or police)")
    UNKNOWN = "onbekend", _("Unknown")


class RelationKind(TextChoices):
    """The first person is … of the second."""

    PARTNER = "partner", _("Partner")
    EX_PARTNER = "ex_partner", _("Ex-partner")
    PARENT = "ouder", _("Parent")
    STEPPARENT = "stiefouder", _("Step-parent")
    FOSTER_PARENT = "pleegouder", _("Foster parent")
    SIBLING = "broer_zus", _("Brother or sister")
    HALF_SIBLING = "halfbroer_zus", _("Half-brother or half-sister")
    GRANDPARENT = "grootouder", _("Grandparent")
    IN_LAW = "schoonfamilie", _("In-law")
    OTHER_FAMILY = "andere_familie", _("Other family")
    SUPPORT = "steunfiguur", _("Support person")
    THIRD_PARTY = "betrokken_derde", _("Third party involved")


class ContactKind(TextChoices):
    PHONE = "telefoon", _("Telephone")
    EMAIL = "e_mail", _("E-mail")
    OTHER = "andere", _("Other")


class SafeToUse(TextChoices):
    YES = "veilig", _("Safe")
    NO = "niet_veilig", _("Not safe")
    UNKNOWN = "onbekend", _("Not known whether safe")


class Exposure(TextChoices):
    DIRECT = "direct_slachtoffer", _("Direct victim")
    WITNESS = "getuige_aanwezig", _("Was present")
    HEARS = "hoort_merkt", _("Hears or notices it")
    NOT_EXPOSED = "niet_blootgesteld", _("Not exposed")
    UNKNOWN = "onbekend", _("Unknown")


class ChildNoteKind(TextChoices):
    VOICE = "stem", _("Own voice")
    SEEN = "gezien", _("Seen")
    SIGNAL = "signaal", _("Signal")


class GrownUp(TextChoices):
    """What was decided about who became eighteen, after talking with them."""

    STAYS = "blijft", _("Stays in this dossier, now as an adult")
    APART = "apart", _("Gets help apart: what is written from now on stands in a dossier of their own")
    SHIELDED = "afgeschermd", _("Stays, and what they told as a child is kept from their parents")
    UNREACHED = "niet_bereikt", _("Could not be spoken yet: stays as it is until they are")


class Authority(TextChoices):
    JOINT = "gezamenlijk", _("Joint parental authority")
    SOLE = "exclusief", _("Sole parental authority")
    CLAIMED = "gevraagd", _("Custody asked for")
    GUARDIAN = "voogdij", _("Guardianship")
    NONE = "geen", _("No parental authority")
    UNKNOWN = "onbekend", _("Unknown")


class ServiceState(TextChoices):
    ACTIVE = "lopend", _("Active")
    STUCK = "vastgelopen", _("Stuck")
    ENDED = "gestopt", _("Ended")
    WAITING = "wachtlijst", _("On a waiting list")


class ServiceKind(TextChoices):
    """What kind of service helps a family; the sectors of article 10 and who stands beside them."""

    WELFARE = "caw", _("Centre for General Welfare (CAW)")
    REFUGE = "vluchthuis", _("Refuge")
    MENTAL_HEALTH = "ggz", _("Mental health care (GGZ)")
    SUBSTANCES = "verslavingszorg", _("Addiction care")
    DOCTOR = "huisarts", _("General practitioner")
    HOSPITAL = "ziekenhuis", _("Hospital")
    YOUTH = "jeugdhulp", _("Youth support")
    FAMILY_SUPPORT = "gezinsondersteuning", _("Kind en Gezin or family support")
    SCHOOL = "school_clb", _("School or Pupil Guidance Centre (CLB)")
    LOCAL_WELFARE = "ocmw", _("OCMW or local government")
    JUSTICE = "justitie", _("Justice house or court")
    LAWYER = "advocaat", _("Lawyer")
    OTHER = "andere", _("Other")


SYMMETRIC = frozenset(
    {
        RelationKind.PARTNER,
        RelationKind.EX_PARTNER,
        RelationKind.SIBLING,
        RelationKind.HALF_SIBLING,
        RelationKind.IN_LAW,
        RelationKind.OTHER_FAMILY,
    }
)
COUPLE = frozenset({RelationKind.PARTNER, RelationKind.EX_PARTNER})

# How the second person is called by the first. Forms offer these too and turn the two around.
INVERSE = {
    RelationKind.PARENT: ("kind", _("Child")),
    RelationKind.STEPPARENT: ("stiefkind", _("Stepchild")),
    RelationKind.FOSTER_PARENT: ("pleegkind", _("Foster child")),
    RelationKind.GRANDPARENT: ("kleinkind", _("Grandchild")),
}
TURNED = {code: kind for kind, (code, _label) in INVERSE.items()}


class SamePerson(TextChoices):
    """What somebody answered when two records looked alike."""

    SAME = "zelfde", _("Same person")
    DIFFERENT = "andere", _("Not the same person")
    UNKNOWN = "onbekend", _("I don't know")
