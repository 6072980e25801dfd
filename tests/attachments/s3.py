"""A peer that speaks the part of S3's protocol that attachments use, with what it holds in memory."""

import contextlib
import re
import threading
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

BUCKET = "wida"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_PUT(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.signed.append(self.headers.get("Authorization", ""))
        if self.server.fault:
            return self.say(
                self.server.fault, f"<Error><Code>Fault{self.server.fault}</Code></Error>".encode()
            )
        self.server.held[self.key] = (body, datetime.now(UTC))
        return self.say(200)

    def do_GET(self):
        if self.key == f"/{BUCKET}":  # the bucket itself
            asked = parse_qs(urlsplit(self.path).query)
            return self.say(200, self.listing(asked.get("prefix", [""])[0]))
        return self.file()

    def do_HEAD(self):
        return self.file()

    def do_DELETE(self):
        self.server.held.pop(self.key, None)
        return self.say(204)

    def file(self):
        if self.key not in self.server.held:
            return self.say(404, b"<Error><Code>NoSuchKey</Code></Error>")
        body, at = self.server.held[self.key]
        told = {"Last-Modified": format_datetime(at, usegmt=True)}
        if asked := re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", "")):
            begin, end = int(asked[1]), min(int(asked[2] or len(body)), len(body) - 1)
            told["Content-Range"] = f"bytes {begin}-{end}/{len(body)}"
            return self.say(206, body[begin : end + 1], told)
        return self.say(200, body, told)

    def listing(self, prefix: str) -> bytes:
        below = [key[len(prefix) :] for key in self.server.held if key.startswith(prefix)]
        folders = sorted({name.split("/")[0] + "/" for name in below if "/" in name})
        found = "".join(
            f"<Contents><Key>{escape(prefix + n)}</Key></Contents>" for n in below if "/" not in n
        )
        found += "".join(
            f"<CommonPrefixes><Prefix>{escape(prefix + f)}</Prefix></CommonPrefixes>" for f in folders
        )
        return f"<ListBucketResult><IsTruncated>false</IsTruncated>{found}</ListBucketResult>".encode()

    @property
    def key(self) -> str:
        return unquote(urlsplit(self.path).path).removeprefix(f"/{BUCKET}/")

    def say(self, status: int, body: bytes = b"", headers: dict | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), "ETag": '"x"', **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *words) -> None:
        pass


@contextlib.contextmanager
def s3():
    """Listens on 127.0.0.1. `held` is what it stores, `signed` the signatures it saw, `fault` what it answers."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.held, server.signed, server.fault = {}, [], 0
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def address(server) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}"
