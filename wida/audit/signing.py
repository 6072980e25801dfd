"""Who signs the seals: an Ed25519 key that only the sealer has, and the public keys that are trusted."""

import hashlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from wida import keys


def signer() -> Ed25519PrivateKey:
    if not settings.WIDA_AUDIT_KEY:
        raise ImproperlyConfigured("WIDA_AUDIT_KEY is needed to seal the trail; docs/operators.md tells how")
    return Ed25519PrivateKey.from_private_bytes(keys.key(settings.WIDA_AUDIT_KEY))


def trusted() -> dict[str, Ed25519PublicKey]:
    """The public keys a seal may be signed with, by name: that of the signer here, and the ones in the settings.

    Never those that lie beside the seals: whoever rewrites a seal would put their own there.
    """
    known = [
        Ed25519PublicKey.from_public_bytes(keys.key(digits)) for digits in settings.WIDA_AUDIT_PUBLIC_KEYS
    ]
    if settings.WIDA_AUDIT_KEY:
        known.append(signer().public_key())
    if not known:
        raise ImproperlyConfigured("WIDA_AUDIT_PUBLIC_KEYS names the keys that seals are checked with")
    return {name(key): key for key in known}


def name(key: Ed25519PublicKey) -> str:
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:16]
