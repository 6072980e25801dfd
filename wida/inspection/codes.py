"""Why something isn't given. Stored values are the Dutch terms of the field."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Ground(TextChoices):
    """The grounds of the law. None of them is told to who asks: that a ground holds would tell what is there."""

    OTHERS = "rechten_van_anderen", _("Rights of others (GDPR art. 15, 4)")
    ADDRESS = "afgeschermd_adres", _("A protected address, or what leads to it")
    JUSTICE = "wvg_14", _("Comes from police or justice (law of 30 July 2018, art. 14)")
    SECRECY = (
        "beroepsgeheim",
        _("Professional secrecy, case conference (Criminal Code art. 352 and 353, decree art. 14)"),
    )
    SOURCE = "bron", _("Would tell who reported")
    CHILD = "belang_van_het_kind", _("Interest of the child")


GIVE = "geven"
