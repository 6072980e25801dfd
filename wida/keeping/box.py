"""A backup as a file: parts of any size, encrypted while they stream, so that nothing plain ever touches a disk.

The file starts with one line of JSON: which backup key opens it, and the key of this file wrapped under that. Then come
frames of AES-256-GCM, each bound to its place, the last one marked: a frame that was changed, moved, left out or cut
off is noticed. What a frame holds starts with one letter: `P` begins a part (its name), `D` is data of it, `E` ends it.
"""

import hashlib
import io
import json
import os
import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = "wida-backup-1"
FRAME = 1024 * 1024
LONGEST_LINE = 4096
NONCE = 12
TAG = 16
BEGIN, DATA, END = b"P", b"D", b"E"
SIZE = struct.Struct("!I")


class Refused(Exception):
    """The backup can't be read: another key, another kind of file, or not what was written. Says which."""


class Part(NamedTuple):
    name: str
    data: Iterator[bytes]  # has to be read before the next part is asked for


class Writer:
    """Writes parts into a file. Without `close` the file has no end, and nobody will read it."""

    def __init__(self, file: BinaryIO, keys: dict[int, bytes]):
        number, secret, nonce = max(keys), AESGCM.generate_key(256), os.urandom(NONCE)
        head = {"format": FORMAT, "key": number, "nonce": nonce.hex()}
        wrapped = AESGCM(keys[number]).encrypt(nonce, secret, _place(head))
        self._line = json.dumps(head | {"wrapped": wrapped.hex()}).encode() + b"\n"
        self._file, self._cipher, self._count = file, AESGCM(secret), 0
        file.write(self._line)

    def add(self, name: str, chunks: Iterator[bytes]) -> str:
        """Returns the SHA-256 of what went in."""
        digest = hashlib.sha256()
        self._frame(BEGIN + name.encode())
        for chunk in chunks:
            for start in range(0, len(chunk), FRAME):
                piece = chunk[start : start + FRAME]
                digest.update(piece)
                self._frame(DATA + piece)
        self._frame(END)
        return digest.hexdigest()

    def close(self) -> None:
        self._frame(b"", last=True)

    def _frame(self, plain: bytes, *, last: bool = False) -> None:
        sealed = self._cipher.encrypt(*_bound(self._count, plain, self._line, last))
        self._file.write(SIZE.pack(len(sealed)) + sealed)
        self._count += 1


def parts(file: BinaryIO, keys: dict[int, bytes]) -> Iterator[Part]:
    """The parts in the order they were written. Raises `Refused`, possibly only at the end of the file."""
    frames = _frames(file, keys)
    for frame in frames:
        if frame[:1] != BEGIN:
            raise Refused("it isn't laid out as a backup is")
        yield Part(frame[1:].decode(), _data(frames))


def _data(frames: Iterator[bytes]) -> Iterator[bytes]:
    for frame in frames:
        if frame[:1] == END:
            return
        yield frame[1:]
    raise Refused("it ends in the middle of a part")


def _frames(file: BinaryIO, keys: dict[int, bytes]) -> Iterator[bytes]:
    line = file.readline(LONGEST_LINE)
    cipher, count = AESGCM(_unwrap(line, keys)), 0
    while True:
        sealed = _take(file)
        for last in (False, True):
            try:
                plain = _open(cipher, count, sealed, line, last)
            except InvalidTag:
                continue
            break
        else:
            raise Refused(f"it was changed or damaged at byte {file.tell() - len(sealed)}")
        if last:
            if file.read(1):
                raise Refused("something was added behind its end")
            return
        yield plain
        count += 1


def _take(file: BinaryIO) -> bytes:
    size = file.read(SIZE.size)
    if len(size) < SIZE.size:
        raise Refused("it was cut off")
    (length,) = SIZE.unpack(size)
    if length > FRAME + 1 + TAG + 1024:
        raise Refused(f"it was changed or damaged at byte {file.tell() - SIZE.size}")
    sealed = file.read(length)
    if len(sealed) < length:
        raise Refused("it was cut off")
    return sealed


def _unwrap(line: bytes, keys: dict[int, bytes]) -> bytes:
    try:
        head = json.loads(line)
        wrapped, number, nonce = bytes.fromhex(head.pop("wrapped")), head["key"], bytes.fromhex(head["nonce"])
        known = head["format"] == FORMAT
    except (ValueError, KeyError, TypeError, AttributeError):
        known = False
    if not known:
        raise Refused("it isn't a backup of WIDA")
    if number not in keys:
        raise Refused(f"it is under backup key {number}, which WIDA_BACKUP_KEYS doesn't list")
    try:
        return AESGCM(keys[number]).decrypt(nonce, wrapped, _place(head))
    except InvalidTag:
        raise Refused(f"backup key {number} of WIDA_BACKUP_KEYS isn't the one it was made with") from None


def _place(head: dict) -> bytes:
    return json.dumps(head, sort_keys=True).encode()


def _bound(count: int, plain: bytes, line: bytes, last: bool) -> tuple[bytes, bytes, bytes]:
    """Nonce, text and what it is bound to. The key is of this one file, so counting never repeats a nonce."""
    return count.to_bytes(NONCE, "big"), plain, (b"last" if last else b"next") + hashlib.sha256(line).digest()


def _open(cipher: AESGCM, count: int, sealed: bytes, line: bytes, last: bool) -> bytes:
    return cipher.decrypt(*_bound(count, sealed, line, last))


def whole(data: Iterator[bytes]) -> bytes:
    """For parts that are small."""
    held = io.BytesIO()
    for piece in data:
        held.write(piece)
    return held.getvalue()
