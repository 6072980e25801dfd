"""Starting what the commands need: the database, Django, the site and its helpers; and saying what is being done."""

import contextlib
import importlib
import os
import socket
import subprocess
import sys
import textwrap
import time
import urllib.error
import urllib.request
from importlib.util import find_spec
from pathlib import Path

from wida import postgres, translations
from wida.access.walls import roles
from wida.place import Unavailable

CHECKOUT = Path(__file__).resolve().parent.parent
START_SECONDS = 60


@contextlib.contextmanager
def database(*, quiet: bool = False, options: tuple[str, ...] = ()):
    """The server of DATABASE_URL, or else our own for as long as the block lasts; then Django is set up.

    `options` are for our own, unless it was running already.
    """
    import django

    with contextlib.ExitStack() as stack:
        if "DATABASE_URL" not in os.environ and os.environ.setdefault("WIDA_MODE", "demo") != "production":
            home = Path(os.environ.get("WIDA_HOME", CHECKOUT / ".wida")).absolute()
            with contextlib.nullcontext() if quiet else step("PostgreSQL"):
                server = stack.enter_context(postgres.running(home, say=_whisper(quiet), options=options))
            roles.bootstrap(server.url)
            os.environ["DATABASE_URL"] = postgres.url(home, roles.APP)
            os.environ["DATABASE_OWNER_URL"] = postgres.url(home, roles.OWNER)
            os.environ["DATABASE_WORKER_URL"] = postgres.url(home, roles.WORKER)
            os.environ["DATABASE_BACKUP_URL"] = postgres.url(home, roles.BACKUP)
        django.setup()
        yield


def logged_in(account: str):
    """Once Django is set up."""
    from wida.database import logged_in

    return logged_in(account)


def look_at_doors() -> None:
    """Raises `Unavailable` when nobody may come in. Once Django is set up."""
    from wida.keeping import doors

    if problems := doors.problems():
        raise Unavailable("; ".join(problems))


def prepare_files() -> None:
    from django.conf import settings

    with step("translations"):
        translations.compile_catalogues()
    settings.WIDA_HOME.mkdir(parents=True, exist_ok=True)
    call("static files", "collectstatic", interactive=False, clear=False, verbosity=0)


def build_walls() -> None:
    from wida.access.walls import build

    with step("walls"):
        build.build()


def fill() -> None:
    """Makes the fictional families when there is nobody yet: all of them or, when stopped halfway, none."""
    from django.contrib.auth import get_user_model
    from django.db import transaction

    build = getattr(importlib.import_module("wida.demo"), "build", None) if find_spec("wida.demo") else None
    if build is None or get_user_model().objects.exists():
        return
    with step("fictional families"), transaction.atomic():
        build(progress=lambda line: print(f"  {line}", flush=True))


@contextlib.contextmanager
def provider(port: int):
    """The fake provider beside the demo, when WIDA_DEMO_PROVIDER asks for it."""
    if os.environ.get("WIDA_DEMO_PROVIDER", "") not in ("1", "true"):
        yield
        return
    from wida.demo import provider

    with provider.running(port) as address:
        print(f"The fake provider answers at {address}", flush=True)
        yield


@contextlib.contextmanager
def server(port: int):
    """gunicorn with sync workers, stopped with us. Each worker keeps its connection, so restart after migrate."""
    command = [sys.executable, "-m", "gunicorn", "wida.wsgi", "--no-control-socket",
               "--bind", os.environ.get("WIDA_BIND", f"127.0.0.1:{port}"),
               "--workers", os.environ.get("WIDA_WORKERS", "2"), "--preload",
               "--timeout", "60", "--log-level", "warning"]  # fmt: skip
    with started(*command) as server:
        yield server


@contextlib.contextmanager
def started(*command: str):
    """Another program for as long as the block lasts, and never longer than we live."""
    program = subprocess.Popen(
        command,
        cwd=CHECKOUT,
        start_new_session=True,  # Ctrl-C reaches us, and we stop it in order
        preexec_fn=postgres.die_with(os.getpid()),
    )
    try:
        yield program
    finally:
        if program.poll() is None:
            program.terminate()
            program.wait(timeout=40)


def answers(port: int, server: subprocess.Popen) -> bool:
    deadline = time.monotonic() + START_SECONDS
    problem = "no answer"
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10):
                return True
        except urllib.error.HTTPError as error:
            problem = error.read().decode(errors="replace")
        except OSError as error:
            problem = str(error)
        time.sleep(0.1)
    print(problem, file=sys.stderr)
    return False


def welcome(port: int) -> None:
    from django.conf import settings
    from django.contrib.auth import get_user_model

    print(
        f"\nWIDA runs at http://127.0.0.1:{port}/ (Ctrl-C stops it, the data stays in {settings.WIDA_HOME})"
    )
    story = sys.modules.get("wida.demo")
    password = getattr(story, "PASSWORD", "veilig-huis-demo")
    logins = get_user_model().objects.order_by("login").values_list("login", flat=True)
    if logins:
        print(f"Sign in with password {password} as one of:")
        print(
            textwrap.indent(textwrap.fill(", ".join(logins), 108, break_on_hyphens=False), "  "), flush=True
        )


def call(name: str, command: str, **options) -> None:
    from django.core.management import call_command

    with step(name):
        call_command(command, **options)


@contextlib.contextmanager
def step(name: str):
    """Says what is being done, and how long it took."""
    print(f"{name} …", flush=True)
    begin = time.monotonic()
    yield
    print(f"{name}: done in {time.monotonic() - begin:.1f} s", flush=True)


def _whisper(quiet: bool):
    return lambda line: print(f"  {line}", file=sys.stderr if quiet else sys.stdout, flush=True)


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def fail(line: str) -> int:
    print(f"wida: {line}", file=sys.stderr)
    return 1
