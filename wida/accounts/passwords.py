"""What a password may not be, besides short or common."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wida.accounts.models import Organisation

OUR_WORDS = ("wida", "veilighuis", "veiligehuizen", "wachtwoord", "aanmelden", "welkom", "family", "password")


class ContextValidator:
    """Refuses a password that is little more than words everybody here knows: of WIDA, and of the organisations."""

    left = 8

    def validate(self, password: str, user=None) -> None:
        rest = _plain(password)
        names = [_plain(name) for name in Organisation.objects.values_list("name", flat=True)]
        words = [
            word for name in Organisation.objects.values_list("name", flat=True) for word in name.split()
        ]
        known = {*OUR_WORDS, *names, *(plain for word in words if len(plain := _plain(word)) > 3)}
        for word in sorted(known, key=len, reverse=True):
            rest = rest.replace(word, "")
        if len(rest) < self.left:
            raise ValidationError(
                _(
                    "Choose another password: this one is made of words that everybody at the Safe Homes knows."
                ),
                code="password_known_here",
            )

    def get_help_text(self) -> str:
        return _("Not made of the name of WIDA or of an organisation.")


def _plain(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalpha())
