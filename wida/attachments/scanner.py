"""ClamAV over its socket. Only an explicit OK is clean, only an explicit FOUND is infected; all else is no answer."""

import socket
import struct
import time

from django.conf import settings

CHUNK = 64 * 1024
LONGEST_ANSWER = 1_000


class NoVerdict(Exception):
    """The scanner is away, busy, too slow, or didn't look at all of the file."""


def is_clean(data: bytes) -> bool:
    """Asks the scanner about these bytes. Raises `NoVerdict` unless it answered for all of them."""
    deadline = time.monotonic() + settings.WIDA_CLAMD_SECONDS
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as clamd:
            clamd.settimeout(settings.WIDA_CLAMD_SECONDS)
            clamd.connect(settings.WIDA_CLAMD_SOCKET)
            clamd.sendall(b"zINSTREAM\0")
            for begin in range(0, len(data), CHUNK):
                _hurry(clamd, deadline)
                chunk = data[begin : begin + CHUNK]
                clamd.sendall(struct.pack("!L", len(chunk)) + chunk)
            clamd.sendall(struct.pack("!L", 0))
            answer = _answer(clamd, deadline)
    except OSError as fault:
        raise NoVerdict(type(fault).__name__) from fault
    if answer == b"stream: OK\0":
        return True
    if answer.startswith(b"stream: ") and answer.endswith(b" FOUND\0"):
        return False
    raise NoVerdict("an answer that is no verdict")


def _answer(clamd: socket.socket, deadline: float) -> bytes:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        _hurry(clamd, deadline)
        part = clamd.recv(LONGEST_ANSWER)
        if not part:
            break
        answer += part
    return answer


def _hurry(clamd: socket.socket, deadline: float) -> None:
    """A scanner that gives a byte now and then doesn't hold us longer than one that gives none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    clamd.settimeout(left)
