"""Technical logs: what happened where in the code, under which reference, and nothing of what anybody wrote.

What an exception says may quote a row or a form, so only its kind and its place in the code are kept.
"""

import json
import logging
import re
import traceback
import uuid
from contextvars import ContextVar
from datetime import UTC, datetime

_reference: ContextVar[str] = ContextVar("wida_reference", default="")
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")


def request_id(get_response):
    """Gives each request a reference: on the answer, in each line of the log, and on a page that says it went wrong."""

    def middleware(request):
        token = _reference.set(uuid.uuid4().hex[:12])
        try:
            response = get_response(request)
            response.headers["X-Request-ID"] = reference()
            return response
        finally:
            _reference.reset(token)

    return middleware


def reference() -> str:
    """The reference of this request; empty outside one."""
    return _reference.get()


class Line(logging.Formatter):
    """One line for one happening, for people."""

    def format(self, record: logging.LogRecord) -> str:
        told = self.told(record)
        words = (told[name] for name in ("at", "level", "logger", "reference", "message") if told.get(name))
        return " ".join(words) + "".join(f"\n    {place}" for place in told.get("exception", ()))

    def told(self, record: logging.LogRecord) -> dict:
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "reference": reference(),
            "message": UNPRINTABLE.sub(" ", record.getMessage()),
        }
        if record.exc_info and record.exc_info[1]:
            told["exception"] = list(_places(record.exc_info[1]))
        return told


class Json(Line):
    """One object for one happening, for machines."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps({name: value for name, value in self.told(record).items() if value})


def _places(fault: BaseException):
    """The kind of an exception and of its causes, with where in the code each passed."""
    seen: set[int] = set()
    while fault is not None and id(fault) not in seen:
        seen.add(id(fault))
        yield f"{type(fault).__module__}.{type(fault).__qualname__}"
        for frame in traceback.extract_tb(fault.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} {frame.name}"
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
