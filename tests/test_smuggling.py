"""Requests with two meanings, which a proxy and a server could read differently: none is answered as a request."""

import os
import re
import socket
import subprocess
import sys
import time

import pytest

from tests.test_setup import CHECKOUT
from wida import postgres

# Answered before any database is asked, and only as a whole request.
HEAD = b"POST /csp-report HTTP/1.1\r\nHost: localhost\r\n"
HIDDEN = b"POST /csp-report HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\nhi"
TWO = {
    "both lengths": HEAD + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "chunked, then a length": HEAD + b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" + HIDDEN,
    "two lengths": HEAD + b"Content-Length: 2\r\nContent-Length: 60\r\n\r\nhi" + HIDDEN,
    "the same length twice": HEAD + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\nhi" + HIDDEN,
    "two lengths in one": HEAD + b"Content-Length: 2, 60\r\n\r\nhi" + HIDDEN,
    "a length with a sign": HEAD + b"Content-Length: +2\r\n\r\nhi" + HIDDEN,
    "a length below nothing": HEAD + b"Content-Length: -2\r\n\r\nhi" + HIDDEN,
    "chunked by another name": HEAD + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "chunked twice": HEAD + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "a space before the colon": HEAD + b"Transfer-Encoding : chunked\r\nContent-Length: 2\r\n\r\nhi" + HIDDEN,
    "a folded header": HEAD + b"X-One: a\r\n b\r\nContent-Length: 2\r\n\r\nhi" + HIDDEN,
    "a folded length": HEAD + b"Content-Length:\r\n 2\r\n\r\nhi" + HIDDEN,
    "a bare line feed in a header": HEAD + b"X-One: a\nContent-Length: 60\r\nContent-Length: 2\r\n\r\nhi" + HIDDEN,
    "bare line feeds alone": HIDDEN.replace(b"\r\n", b"\n"),
    "a bare return in a header": HEAD + b"X-One: a\rContent-Length: 60\r\nContent-Length: 2\r\n\r\nhi" + HIDDEN,
    "an end within a header": HEAD + b"X-One: a\0b\r\nContent-Length: 2\r\n\r\nhi" + HIDDEN,
    "an old version with chunks": HEAD.replace(b"1.1", b"1.0") + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    + HIDDEN,
    "no version": b"GET /csp-report\r\n\r\n" + HIDDEN,
}  # fmt: skip


@pytest.fixture(scope="module")
def server():
    """gunicorn as `wida serve` starts it; it tells the port it found."""
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "wida.wsgi", "--no-control-socket", "--workers", "1",
         "--bind", "127.0.0.1:0", "--timeout", "60", "--log-level", "info"],
        cwd=CHECKOUT, env=os.environ | {"DJANGO_SETTINGS_MODULE": "wida.settings"},
        stderr=subprocess.PIPE, text=True, preexec_fn=postgres.die_with(os.getpid()),
    )  # fmt: skip
    port = 0
    for line in process.stderr:
        if found := re.search(r"Listening at: http://127\.0\.0\.1:(\d+)", line):
            port = int(found[1])
        if "Booting worker" in line:
            break
    yield port
    process.terminate()
    process.wait(timeout=40)
    process.stderr.close()


def answers(port: int, sent: bytes) -> list[int]:
    """The status of each answer on one connection, once everything was sent."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        client.sendall(sent)
        client.shutdown(socket.SHUT_WR)
        got, end = b"", time.monotonic() + 30
        try:
            while time.monotonic() < end and (part := client.recv(65536)):
                got += part
        except ConnectionResetError:
            pass
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3})", got)]


def test_a_plain_request_is_answered(server):
    assert answers(server, HIDDEN) == [204]


@pytest.mark.parametrize("sent", TWO.values(), ids=TWO)
def test_what_can_be_read_in_two_ways_is_refused(server, sent):
    """Refused, or answered by nothing at all: never twice, and never with more than an error."""
    told = answers(server, sent)

    assert [status for status in told if status not in (400, 501, 505)] == []
    assert len(told) < 2
