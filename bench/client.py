"""Closed-loop clients over plain HTTP: each asks, waits for the whole answer, and asks again."""

import http.client
import itertools
import re
import statistics
import threading
import time
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import uuid4

FIELD = re.compile(r"<input[^>]*>")
NAME, VALUE, HIDDEN = re.compile(r'name="([^"]*)"'), re.compile(r'value="([^"]*)"'), 'type="hidden"'


class Answer(NamedTuple):
    status: int
    body: bytes
    seconds: float
    cookies: str
    encoding: str


class Round(NamedTuple):
    """What one operation did for one stretch: requests a second, and milliseconds."""

    rate: float
    p50: float
    p95: float
    failed: int
    answered: int = 0


class Browser:
    """One person who is signed in. gunicorn's sync workers close the connection after each answer, and so do we."""

    def __init__(self, port: int, session: str):
        self.port, self.cookies = port, {"wida": session}

    def ask(self, path: str, fields: dict | list | None = None, gzip: bool = False) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if gzip:
            headers["Accept-Encoding"] = "gzip"
        body = None
        if fields is not None:
            sent = fields if isinstance(fields, list) else list(fields.items())
            body = urlencode([("csrfmiddlewaretoken", self.cookies.get("wida-csrf", "")), *sent])
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Origin": f"http://127.0.0.1:{self.port}",
            }
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        began = time.perf_counter()
        connection.request("GET" if fields is None else "POST", path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        took = time.perf_counter() - began
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _equals, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return Answer(answer.status, content, took, "", answer.headers.get("Content-Encoding", ""))

    def hidden(self, path: str) -> list[tuple[str, str]]:
        """The hidden fields of the form on a page, but for the token, which the cookie knows."""
        page = self.ask(path).body.decode()
        found = []
        for field in FIELD.findall(page):
            name, value = NAME.search(field), VALUE.search(field)
            if HIDDEN in field and name and name[1] != "csrfmiddlewaretoken":
                found.append((name[1], value[1] if value else ""))
        return found


# What one client does over and over: seconds that count, and whether it went well.
Step = Callable[[], tuple[float, bool]]


def getting(browser: Browser, paths: list[str], offset: int) -> Step:
    turn = itertools.cycle(paths[offset % len(paths) :] + paths[: offset % len(paths)])

    def step() -> tuple[float, bool]:
        answer = browser.ask(next(turn))
        return answer.seconds, answer.status in (200, 302)

    return step


def posting(browser: Browser, path: str, fields: Callable[[], dict]) -> Step:
    def step() -> tuple[float, bool]:
        answer = browser.ask(path, fields() | {"form_key": str(uuid4())})
        return answer.seconds, answer.status in (200, 302, 303)

    return step


def run(steps: list[Step], seconds: float) -> Round:
    """All clients at once, for so long."""
    times: list[float] = []
    failed = [0]
    until = time.perf_counter() + seconds

    def client(step: Step) -> None:
        while time.perf_counter() < until:
            took, well = step()
            times.append(took * 1000)
            failed[0] += not well

    threads = [threading.Thread(target=client, args=[step]) for step in steps]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - began
    p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    return Round(len(times) / spent, statistics.median(times), p95, failed[0], len(times))
