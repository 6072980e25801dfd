"""Sends reports of the police to WIDA, and answers its questions, from a system of one's own.

Needs Python 3.11 and nothing else; copy it. A report counts as delivered once `send` returned its receipt: whatever
happens before, send the same again, as `send` does by itself.

    wida = Wida("https://wida.example", token=lambda: "…")
    receipts = wida.send([report])
    wida.receipt(receipts[0]["receipt"])
"""

import json
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable
from typing import Any

AT_ONCE = 100
LATER = {429, 500, 502, 503, 504}


class Refused(Exception):
    """WIDA's answer won't change by asking again. `faults` name the fields; nothing was kept."""

    def __init__(self, problem: dict[str, Any]):
        super().__init__(f"{problem.get('status')} {problem.get('code')}: {problem.get('message')}")
        self.status, self.code = problem.get("status"), problem.get("code")
        self.faults: list[dict[str, str]] = problem.get("faults", [])


class Wida:
    """`token` gives a bearer token that is good now. `patience` is for how many seconds it goes on trying, and
    `on_retry` hears why it has to ("no answer", or a status).
    """

    def __init__(
        self,
        address: str,
        *,
        token: Callable[[], str],
        patience: float = 3600,
        timeout: float = 30,
        longest_pause: float = 60,
        on_retry: Callable[[object], None] = lambda why: None,
    ):
        self.address, self.token, self.timeout = address.rstrip("/") + "/api/v1/", token, timeout
        self.patience, self.longest_pause, self.on_retry = patience, longest_pause, on_retry

    def send(self, reports: list[dict]) -> list[dict]:
        """The receipts, in the order of the reports. Keep them."""
        found: list[dict] = []
        for start in range(0, len(reports), AT_ONCE):
            body = {"reports": reports[start : start + AT_ONCE]}
            found += self._ask("POST", "police-reports", body)["receipts"]
        return found

    def receipt(self, number: str) -> dict:
        """Where a report stands now."""
        return self._ask("GET", f"police-reports/{number}")

    def questions(self) -> list[dict]:
        """What WIDA asks your organisation."""
        return self._ask("GET", "information-requests")["requests"]

    def answer(self, question: str, **contribution: Any) -> dict:
        """Answers one; `Refused` with status 409 when a colleague was first: look at the question again."""
        # One key for all tries: an answer that arrived although we did not hear of it isn't given twice.
        return self._ask(
            "PUT", f"information-requests/{question}/contribution", contribution, key=str(uuid.uuid4())
        )

    def _ask(self, method: str, path: str, body: dict | None = None, *, key: str = "") -> Any:
        until, pause = time.monotonic() + self.patience, 0.1
        while True:
            status, answer, wait = self._once(method, path, body, key)
            if isinstance(status, int) and status < 300:
                return answer
            if isinstance(status, int) and status not in LATER:
                raise Refused(answer)
            if time.monotonic() > until:
                raise TimeoutError(
                    f"WIDA gave no answer in {self.patience} s: keep what you have, and send it again"
                )
            self.on_retry(status)
            time.sleep(min(max(pause, wait), self.longest_pause))
            pause = min(pause * 2, self.longest_pause)

    def _once(self, method: str, path: str, body: dict | None, key: str) -> tuple[object, Any, float]:
        request = urllib.request.Request(self.address + path, method=method)  # noqa: S310 - the address is yours
        request.add_header("Authorization", f"Bearer {self.token()}")
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        if key:
            request.add_header("Idempotency-Key", key)
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as answer:  # noqa: S310
                return answer.status, json.load(answer), 0
        except urllib.error.HTTPError as error:
            wait = float(error.headers.get("Retry-After") or 0)
            try:
                return error.code, json.load(error), wait
            except ValueError:
                return error.code, {"status": error.code, "message": "not an answer of WIDA"}, wait
        except (OSError, ValueError, EOFError):
            return "no answer", None, 0
