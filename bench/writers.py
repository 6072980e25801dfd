"""Professionals who go on writing whatever happens to the servers, and remember what they were told is saved.

Each takes a form, fills it in and sends it, and when no answer comes sends the same form again: to the other server, with
the same key, until it is told that it is saved, or that somebody else was first.
"""

import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

import requests

LOGINS = ("liaison.caw-limburg", "liaison.police-limburg", "liaison.ggz-limburg", "coordinator.limburg")
PASSWORD = "veilig-huis-demo"  # noqa: S105 - of the demo alone
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|form_key|version)"\s+value="([^"]*)"')
DAY = re.compile(r'name="on"[^>]*value="([^"]*)"')
PATIENCE = 120
PAUSE = 0.1


class Told(NamedTuple):
    """What one writer was told is saved, in its own words; and what else happened to it."""

    saved: list[str]
    counts: Counter


class Lost(Exception):
    """No answer for so long that the run can't go on."""


class Writer(threading.Thread):
    def __init__(self, number: int, addresses: list[str], dossiers: list[str], seed: int, files: float):
        super().__init__(name=f"writer-{number}", daemon=True)
        self.number, self.addresses, self.files = number, addresses, files
        self.random = random.Random(f"{seed}-{number}")
        self.dossier = dossiers[number % len(dossiers)]
        self.session = requests.Session()
        self.told = Told([], Counter())
        self.made = 0
        self.slowest = 0.0
        self.fault: str | None = None
        self.ending = threading.Event()
        self.wrote = threading.Event()

    def run(self) -> None:
        try:
            self._sign_in()
            while not self.ending.is_set():
                self._write()
                self.wrote.set()
        except Exception as fault:  # told by the run, which fails by it
            self.fault = f"{self.name}: {type(fault).__name__}: {fault}"

    def _write(self) -> None:
        self.made += 1
        words = f"woord-{self.number}-{self.made}-{self.random.getrandbits(64):016x}"
        dice = self.random.random()
        if dice < self.files:
            self._send("attachments/add/", {"category": "verslag", "description": words}, words, file=words)
        elif dice < self.files + 0.3:
            self._send("situation/narrative/", {"text": words, "reason": "herlezen"}, words)
        else:
            self._send("situation/dangers/add/", {"acute": "ja", "what": words, "done": "gebeld"}, words)

    def _send(self, path: str, values: dict, words: str, file: str | None = None) -> None:
        address = f"/dossiers/{self.dossier}/{path}"
        page = self._ask("get", address)
        if page.status_code != 200:
            raise Lost(f"{address} answers {page.status_code}")
        values = (
            dict(HIDDEN.findall(page.text))
            | values
            | ({"on": day[1]} if (day := DAY.search(page.text)) else {})
        )
        files = {"file": ("nota.txt", f"Verslag {file}\n".encode(), "text/plain")} if file else None
        answer = self._ask("post", address, data=values, files=files)
        self.told.counts[answer.status_code] += 1
        if answer.status_code == 303:
            self.told.saved.append(words)
        elif answer.status_code != 409:
            raise Lost(f"{address} answers {answer.status_code}")

    def _sign_in(self) -> None:
        page = self._ask("get", "/accounts/login/")
        values = dict(HIDDEN.findall(page.text)) | {
            "login": LOGINS[self.number % len(LOGINS)],
            "password": PASSWORD,
        }
        answer = self._ask("post", "/accounts/login/", data=values)
        if answer.status_code not in (302, 303):
            raise Lost(f"signing in answers {answer.status_code}")

    def _ask(self, method: str, address: str, **what) -> requests.Response:
        """Until a server says something that isn't about itself."""
        begin = time.monotonic()
        send: Callable = getattr(self.session, method)
        while time.monotonic() - begin < PATIENCE:
            server = self.random.choice(self.addresses)
            asked = time.monotonic()
            try:
                answer = send(server + address, timeout=30, allow_redirects=False, **what)
                if answer.status_code < 500:
                    return answer
                self.told.counts["answers of 5xx"] += 1
            except requests.RequestException:
                self.told.counts["no answer"] += 1
            finally:
                self.slowest = max(self.slowest, time.monotonic() - asked)
            time.sleep(PAUSE)
        raise Lost(f"no answer to {method} {address}")


def start(count: int, addresses: list[str], dossiers: list[str], *, seed: int, files: float) -> list[Writer]:
    writers = [Writer(number, addresses, dossiers, seed, files) for number in range(count)]
    for writer in writers:
        writer.start()
    return writers


def stop(writers: list[Writer]) -> None:
    """Each ends with what it is doing: what was sent is asked about until it is answered."""
    for writer in writers:
        writer.ending.set()
    for writer in writers:
        writer.join(timeout=PATIENCE + 60)
