"""What takes long to work out of a dossier is kept for the next who opens it, in the memory of this process.

It lies there sealed under the key of its dossier: it opens only in a request that opened the dossier, and for nobody
once that key is destroyed. It is found again by what it was made from, so a change in the dossier makes it anew.
"""

import os
from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b
from threading import Lock
from typing import Any
from uuid import UUID

import orjson

from wida.records.sealing import seal_bytes, unseal_bytes

MOST = 12_000_000  # bytes: some hundreds of them

_secret = os.urandom(32)
_lock = Lock()
_kept: OrderedDict[bytes, bytes] = OrderedDict()
_size = 0


def kept(dossier_id: UUID, source: Any, make: Callable[[], str]) -> str:
    """The text that `make` answers. `source` is all it depends on, as plain values and tuples of them: a row of the
    database raises TypeError, since it may hold more than it tells.

    Raises `Locked` when the dossier isn't open.
    """
    told = orjson.dumps([dossier_id, source], default=_plain, option=orjson.OPT_NON_STR_KEYS)
    mark = blake2b(told, key=_secret, digest_size=32)
    place = f"kept:{mark.hexdigest()}"
    with _lock:
        sealed = _kept.get(mark.digest())
        if sealed is not None:
            _kept.move_to_end(mark.digest())
    if sealed is not None:
        return unseal_bytes(sealed, dossier_id, place).decode()
    made = make()
    _keep(mark.digest(), seal_bytes(made.encode(), dossier_id, place))
    return made


def _keep(mark: bytes, sealed: bytes) -> None:
    """What was not asked for longest goes, to make room."""
    global _size
    with _lock:
        _size += len(sealed) - len(_kept.pop(mark, b""))
        _kept[mark] = sealed
        while _size > MOST:
            _size -= len(_kept.popitem(last=False)[1])


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"{type(value).__name__} doesn't tell all that it holds")
