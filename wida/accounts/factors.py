"""Second factors of local accounts: a code from an app, a passkey, and recovery codes for when those are lost.

allauth knows how they work and keeps them; the pages, the counting and the trail are ours.
"""

import base64
import os
import time
from datetime import datetime
from typing import Any, NamedTuple

import qrcode
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.internal import auth as webauthn
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from wida.accounts.models import User

KEY_ID, NONCE = 2, 12
PERIOD = 30
SEEDS = {"secret", "seed"}
REAL = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class Adapter(DefaultMFAAdapter):
    """Seeds stand in the database under a key that is made from the master key, which never does."""

    def encrypt(self, text: str) -> str:
        key_id = settings.WIDA_SEALING_KEY
        nonce = os.urandom(NONCE)
        box = _cipher(key_id).encrypt(nonce, text.encode(), b"factor")
        return base64.b64encode(key_id.to_bytes(KEY_ID, "big") + nonce + box).decode()

    def decrypt(self, encrypted_text: str) -> str:
        value = base64.b64decode(encrypted_text)
        key_id, nonce = int.from_bytes(value[:KEY_ID], "big"), value[KEY_ID : KEY_ID + NONCE]
        return _cipher(key_id).decrypt(nonce, value[KEY_ID + NONCE :], b"factor").decode()


def reseal(data: dict[str, Any]) -> dict[str, Any]:
    """What an authenticator keeps, with its seeds under the master key that seals now."""
    adapter = Adapter()
    return {
        key: adapter.encrypt(adapter.decrypt(value)) if key in SEEDS else value for key, value in data.items()
    }


def sealed_by(data: dict[str, Any]) -> set[int]:
    """The numbers of the master keys that its seeds are under."""
    return {int.from_bytes(base64.b64decode(data[key])[:KEY_ID], "big") for key in SEEDS & data.keys()}


def _cipher(key_id: int) -> AESGCM:
    made = HKDF(SHA256(), 32, salt=None, info=b"wida.accounts.factors")
    return AESGCM(made.derive(settings.WIDA_MASTER_KEYS[key_id]))


class Factor(NamedTuple):
    """One line of somebody's own account page."""

    id: int
    kind: str
    name: str
    created_at: datetime
    last_used_at: datetime | None


def factors_of(user: User) -> list[Factor]:
    return [
        Factor(
            found.pk,
            found.type,
            found.data["name"] if found.type == Authenticator.Type.WEBAUTHN else _("App with codes"),
            found.created_at,
            found.last_used_at,
        )
        for found in Authenticator.objects.filter(user=user, type__in=REAL).order_by("created_at")
    ]


def has_factor(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type__in=REAL).exists()


def has_passkey(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).exists()


def codes_left(user: User) -> int:
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(RecoveryCodes(found).get_unused_codes()) if found else 0


# A code from an app --------------------------------------------------------------------------------------


def new_seed() -> str:
    """A seed for a new app, encrypted: it waits in the session until the first code proves that the app has it."""
    return Adapter().encrypt(totp.generate_totp_secret())


class Enrolment(NamedTuple):
    """What the page shows of a seed: for typing over, and as squares (column, row) to scan."""

    typed: str
    size: int
    squares: list[tuple[int, int]]


def enrolment(user: User, seed: str) -> Enrolment:
    secret = Adapter().decrypt(seed)
    drawing = qrcode.QRCode(border=4)
    drawing.add_data(Adapter().build_totp_url(user, secret))
    rows = drawing.get_matrix()
    squares = [(x, y) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark]
    typed = " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
    return Enrolment(typed, len(rows), squares)


def add_app(user: User, seed: str, code: str) -> bool:
    """Whether the code proves that the app knows the seed; then it is theirs, and this code is spent."""
    if not _right(Adapter().decrypt(seed), code):
        return False
    Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).delete()
    data = {"secret": seed, "spent": _window()}
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data=data)
    return True


def check_code(user: User, code: str) -> str:
    """Which factor a code proves: `totp`, `recovery_codes`, or '' when it proves nothing. Each code counts once."""
    app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if app and _right(Adapter().decrypt(app.data["secret"]), code):
        return Authenticator.Type.TOTP if _spend(app) else ""
    codes = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    if codes and RecoveryCodes(codes).validate_code(code.replace(" ", "")):
        return Authenticator.Type.RECOVERY_CODES
    return ""


def _right(secret: str, code: str) -> bool:
    return totp.validate_totp_code(secret, code.replace(" ", ""))


def _window() -> int:
    return int(time.time()) // PERIOD


def _spend(app: Authenticator) -> bool:
    """Whether nobody used the code of this half minute yet: two workers that ask at once can't both be told yes."""
    window = _window()
    unspent = Q(data__spent__lt=window) | Q(data__spent__isnull=True)
    spent = app.data | {"spent": window}
    return bool(
        Authenticator.objects.filter(unspent, pk=app.pk).update(data=spent, last_used_at=timezone.now())
    )


# Recovery codes ------------------------------------------------------------------------------------------


def new_recovery_codes(user: User) -> list[str]:
    """Ten new codes in place of the old ones. This is the only time they are told."""
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    return RecoveryCodes.activate(user).generate_codes()


# Passkeys ------------------------------------------------------------------------------------------------


def begin_passkey(user: User) -> dict:
    """What the browser needs to make a passkey. The challenge waits in the session and counts once."""
    return webauthn.begin_registration(user, passwordless=False)


def add_passkey(user: User, name: str, credential: dict) -> bool:
    try:
        webauthn.parse_registration_response(credential)
        webauthn.complete_registration(credential)
    except (ValidationError, ValueError, TypeError, KeyError):
        return False
    webauthn.WebAuthn.add(user, name, credential)
    return True


def ask_passkey(user: User) -> dict:
    return webauthn.begin_authentication(user)


def check_passkey(user: User, credential: dict) -> bool:
    """Whether a passkey of theirs signed the challenge of this session, with the owner verified by the device."""
    try:
        webauthn.parse_authentication_response(credential)
        found = webauthn.complete_authentication(user, credential)
    except (ValidationError, ValueError, TypeError, KeyError):
        return False
    finally:
        webauthn.clear_state()
    found.record_usage()
    return True


def remove(user: User, factor_id: int) -> bool:
    """Whether there was such a factor. With the last one the recovery codes go too."""
    removed, _kinds = Authenticator.objects.filter(user=user, pk=factor_id, type__in=REAL).delete()
    if not has_factor(user):
        Authenticator.objects.filter(user=user).delete()
    return bool(removed)
