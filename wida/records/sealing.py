"""Secrets at rest: each dossier has its own data key, wrapped by a master key that the database never sees.

A sealed value is `nonce || AES-256-GCM(text)` with its place (`table:id:column`) as associated data, so a
value copied to another row or column does not open. A wrapped key starts with the id of its master key.
"""

import contextlib
import os
from collections.abc import Iterator
from contextvars import ContextVar
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

NONCE = 12
KEY_ID = 2


class Locked(Exception):
    """The dossier was not opened in this request, so its text stays shut."""


class Sealed(bytes):
    """Bytes as they stand in the database."""


class Ring(dict[int, AESGCM]):
    """The data keys of the dossiers opened in this request or command, by the number that the id of each is: UUIDs
    compare in Python, and a page looks for its key a hundred times.
    """

    def __init__(self, *, trusted: bool = False):
        super().__init__()
        self.trusted = trusted


_ring: ContextVar[Ring | None] = ContextVar("wida_ring", default=None)


@contextlib.contextmanager
def keyring(*, trusted: bool = False) -> Iterator[Ring]:
    """An empty ring for one request. A `trusted` one (commands, demo data) fetches missing keys by itself."""
    ring = Ring(trusted=trusted)
    token = _ring.set(ring)
    try:
        yield ring
    finally:
        _ring.reset(token)


def _master(key_id: int) -> AESGCM:
    return AESGCM(settings.WIDA_MASTER_KEYS[key_id])


def new_data_key(dossier_id: UUID) -> bytes:
    """Makes a data key, puts it on the ring, and returns it wrapped under the master key that seals."""
    data_key = AESGCM.generate_key(bit_length=256)
    _ring_or_raise()[dossier_id.int] = AESGCM(data_key)
    return _wrap(data_key, dossier_id)


def rewrap(wrapped: bytes, dossier_id: UUID) -> bytes:
    """The same data key under the master key that seals now. Nothing that it sealed changes."""
    return _wrap(_unwrap(bytes(wrapped), dossier_id), dossier_id)


def sealed_by(wrapped: bytes) -> int:
    """The number of the master key that a data key is wrapped under."""
    return int.from_bytes(wrapped[:KEY_ID], "big")


def _wrap(data_key: bytes, dossier_id: UUID) -> bytes:
    key_id, nonce = settings.WIDA_SEALING_KEY, os.urandom(NONCE)
    box = _master(key_id).encrypt(nonce, data_key, b"dossier_key:" + dossier_id.bytes)
    return key_id.to_bytes(KEY_ID, "big") + nonce + box


def _unwrap(wrapped: bytes, dossier_id: UUID) -> bytes:
    nonce, box = wrapped[KEY_ID : KEY_ID + NONCE], wrapped[KEY_ID + NONCE :]
    return _master(sealed_by(wrapped)).decrypt(nonce, box, b"dossier_key:" + dossier_id.bytes)


def hang(dossier_id: UUID, wrapped: bytes) -> None:
    """Puts a dossier's key on the ring. Called where access was decided, nowhere else."""
    ring = _ring_or_raise()
    if dossier_id.int in ring:
        return
    ring[dossier_id.int] = AESGCM(_unwrap(bytes(wrapped), dossier_id))


def seal(text: str, dossier_id: UUID, place: str) -> Sealed:
    nonce = os.urandom(NONCE)
    return Sealed(nonce + _key(dossier_id).encrypt(nonce, text.encode(), place.encode()))


def unseal(value: bytes | None, dossier_id: UUID, place: str) -> str:
    """Opens a value of a dossier on the ring; raises `Locked` for any other. Nothing stored reads as ''."""
    if value is None:
        return ""
    value = bytes(value)
    return _key(dossier_id).decrypt(value[:NONCE], value[NONCE:], place.encode()).decode()


def seal_bytes(data: bytes, dossier_id: UUID, place: str) -> bytes:
    """A file under its dossier's key; `place` names the row it belongs to."""
    nonce = os.urandom(NONCE)
    return nonce + _key(dossier_id).encrypt(nonce, data, place.encode())


def unseal_bytes(value: bytes, dossier_id: UUID, place: str) -> bytes:
    return _key(dossier_id).decrypt(value[:NONCE], value[NONCE:], place.encode())


def _ring_or_raise() -> Ring:
    ring = _ring.get()
    if ring is None:
        raise Locked("no key ring in this context")
    return ring


def _key(dossier_id: UUID) -> AESGCM:
    ring = _ring_or_raise()
    if dossier_id.int not in ring and ring.trusted:
        from wida.dossiers.models import DossierKey

        for key in DossierKey.objects.filter(dossier_id=dossier_id):
            hang(dossier_id, key.wrapped)
    try:
        return ring[dossier_id.int]
    except KeyError:
        raise Locked("the dossier is not open") from None


def place_of(instance: models.Model, column: str) -> tuple[UUID, str]:
    """Under whose key, and where. A row that has no dossier yet names another key as `sealed_under`."""
    owner = getattr(instance, "sealed_under", None) or getattr(instance, "dossier_id", None) or instance.pk
    return owner, f"{instance._meta.db_table}:{instance.pk}:{column}"


class SealedAttribute(DeferredAttribute):
    """Opens the text when somebody asks for it, not when the row is read."""

    def __get__(self, instance, cls=None):
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = unseal(value, *place_of(instance, self.field.column))
            instance.__dict__[self.field.attname] = value
        return "" if value is None else value

    def __set__(self, instance, value):
        # Without it Python would hand out what stands in the instance's dict, still sealed.
        instance.__dict__[self.field.attname] = value


class SealedText(models.Field):
    """Text that only stands encrypted in the database. '' is stored as NULL, so SQL can tell filled from empty.

    It can't be filtered or ordered on: both raise FieldError.
    """

    descriptor_class = SealedAttribute
    empty_strings_allowed = True

    def __init__(self, **options):
        super().__init__(**{"null": True, "blank": True, "default": "", **options})

    def deconstruct(self):
        name, path, args, options = super().deconstruct()
        for key in ("null", "blank", "default"):
            options.pop(key, None)
        return name, path, args, options

    def get_internal_type(self) -> str:
        return "BinaryField"

    def from_db_value(self, value, expression, connection):
        return None if value is None else Sealed(value)

    def pre_save(self, instance, add):
        value = instance.__dict__.get(self.attname)
        if isinstance(value, Sealed) or value is None or value == "":
            return value or None
        return seal(value, *place_of(instance, self.column))

    def get_prep_value(self, value):
        if value is None or isinstance(value, Sealed):
            return value
        if value == "":  # what a migration fills a new column with
            return None
        raise FieldError(f"{self.name} is sealed: write it through an instance")

    def get_lookup(self, lookup_name):
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.name} is sealed: it can't be filtered on")
