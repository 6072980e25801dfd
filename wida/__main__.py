"""The command line: `wida demo`, `wida serve`, `wida worker`, `wida migrate`, `wida translate`, `wida manage …`."""

import argparse
import contextlib
import importlib
import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
import urllib.error
import urllib.request
from importlib.util import find_spec
from pathlib import Path
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured

from wida import postgres, translations
from wida.access.walls import roles
from wida.place import Unavailable

CHECKOUT = Path(__file__).resolve().parent.parent
START_SECONDS = 60


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit code. Whatever stops it is said in one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wida.settings")
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    options, rest = _parser().parse_known_args(arguments)
    if rest and options.run is not manage:
        _parser().error(f"unknown: {' '.join(rest)}")
    try:
        return options.run(options, rest) or 0
    except KeyboardInterrupt:
        return 130
    except (Unavailable, ImproperlyConfigured, PermissionError) as error:
        return _fail(str(error))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="wida", description="One shared case file per family.")
    commands = parser.add_subparsers(required=True, metavar="command")

    command = commands.add_parser("demo", help="set everything up and serve fictional data on this computer")
    command.set_defaults(run=demo)
    command = commands.add_parser(
        "serve", help="serve an installation (production unless WIDA_MODE says else)"
    )
    command.set_defaults(run=serve)
    command = commands.add_parser("worker", help="do the background work of an installation until stopped")
    command.set_defaults(run=worker)
    command = commands.add_parser("bootstrap", help="make the accounts of the database, once per server")
    command.set_defaults(run=bootstrap)
    command = commands.add_parser("migrate", help="bring the tables and the walls around them up to date")
    command.set_defaults(run=migrate)
    command = commands.add_parser(
        "rotate-keys", help="bring data keys and tokens under the keys that hold now"
    )
    command.set_defaults(run=rotate_keys)
    command = commands.add_parser(
        "destructions", help="print which dossiers were destroyed, or destroy them again"
    )
    command.add_argument("--replay", metavar="FILE", help="after a restore: what was printed before it")
    command.set_defaults(run=destructions)
    command = commands.add_parser("reindex-people", help="make anew by what persons are found")
    command.set_defaults(run=reindex_people)
    command = commands.add_parser("access-matrix", help="print who may do what, as code decides it")
    command.add_argument("--format", choices=("markdown", "csv", "json"), default="markdown")
    command.set_defaults(run=access_matrix)
    command = commands.add_parser("grants", help="print what every account of the database may really do")
    command.set_defaults(run=grants)
    command = commands.add_parser("translate", help="bring the Dutch catalogues in step with the screens")
    command.add_argument("room", nargs="*", help="only these rooms")
    command.add_argument(
        "--check", action="store_true", help="only say what is missing; exit 1 if anything is"
    )
    command.add_argument("--compile", action="store_true", help="only write the .mo files")
    command.set_defaults(run=translate)
    command = commands.add_parser("seal-audit", help="seal and publish what is new in the trail")
    command.set_defaults(run=seal_audit)
    command = commands.add_parser(
        "verify-audit", help="recompute the trail; exit 1 names the first broken place"
    )
    command.add_argument("--published", type=Path, help="a copy of the published seals, kept elsewhere")
    command.add_argument("--behind", type=int, default=1, help="how many minutes the copy may be behind")
    command.set_defaults(run=verify_audit)
    command = commands.add_parser("audit-proof", help="print the proof that one event is sealed, as JSON")
    command.add_argument("event", type=UUID)
    command.set_defaults(run=audit_proof)
    command = commands.add_parser(
        "invite", help="make a local account, and a link that chooses its password once"
    )
    command.add_argument("login", help="the user name")
    command.add_argument("--name", help="the person's name, for a new account")
    command.add_argument(
        "--organisation", help="where they get the role; made as central services if unknown"
    )
    command.add_argument("--role", default="functioneel_beheerder")
    command.set_defaults(run=invite)
    command = commands.add_parser("manage", help="run a command of Django", add_help=False)
    command.set_defaults(run=manage)
    return parser


# Commands -------------------------------------------------------------------------------------------------


def demo(options, rest) -> int:
    """Everything from an empty folder to a running site. A second start keeps the data and takes seconds."""
    port = int(os.environ.get("PORT", "8000"))
    if not _is_free(port):
        return _fail(f"port {port} is taken: stop what uses it, or choose another with PORT=8001 make demo")
    os.environ["WIDA_MODE"] = "demo"
    with _database():
        _prepare_files()
        with _logged_in("owner"):
            _call("tables", "migrate", verbosity=0)
            _build_walls()
            _fill()
        with (
            _provider(port + 1),
            _server(port) as server,
            _started(sys.executable, "-m", "wida", "worker"),
        ):
            if not _answers(port, server):
                return _fail("the site didn't start; the lines above say why")
            _welcome(port)
            return server.wait()


def serve(options, rest) -> int:
    """Serves until stopped. The tables must be up to date: `/healthz` says so when they aren't."""
    with _database():
        _prepare_files()
        with _server(int(os.environ.get("PORT", "8000"))) as server:
            return server.wait()


def worker(options, rest) -> int:
    """Does background work until stopped. As many may run as one likes, on any machine with the database."""
    with _database(quiet=True), _logged_in("worker"):
        from wida import jobs
        from wida.audit import signing

        signing.signer()  # a worker that can't seal must not start
        jobs.work()
    return 0


def bootstrap(options, rest) -> int:
    """Makes the accounts and hands them the database of DATABASE_ADMIN_URL. `wida migrate` comes after it."""
    address = os.environ.get("DATABASE_ADMIN_URL")
    if not address:
        return _fail(
            "DATABASE_ADMIN_URL is the address by which accounts can be made: set it for this command"
        )
    with _step("accounts"):
        roles.bootstrap(address)
    return 0


def migrate(options, rest) -> int:
    with _database(), _logged_in("owner"):
        _call("tables", "migrate", verbosity=1)
        _build_walls()
    return 0


def rotate_keys(options, rest) -> int:
    """While people work; docs/operators.md says what comes before and after. Stopped, it is simply run again."""
    with _database(quiet=True), _logged_in("owner"):
        from django.conf import settings

        from wida.records import rotation

        print(f"{sum(rotation.rewrap_all())} data keys wrapped under master key {settings.WIDA_SEALING_KEY}")
        for number in sorted(settings.WIDA_MASTER_KEYS.keys() - {settings.WIDA_SEALING_KEY}):
            print(f"master key {number} still opens {rotation.still_under(number)} data keys")
        print(
            f"{sum(rotation.renew_tokens())} persons have tokens under {_numbers(settings.WIDA_INDEX_KEYS)}"
        )
    return 0


def _numbers(keys: dict[int, bytes]) -> str:
    return "index key " + " and ".join(map(str, sorted(keys)))


def destructions(options, rest) -> int:
    with _database(quiet=True), _logged_in("owner"):
        from wida.closure import destruction

        if options.replay:
            lines = Path(options.replay).read_text(encoding="utf-8").splitlines()
            print(f"{destruction.replay(lines)} dossiers had come back, and are destroyed again")
        else:
            print("\n".join(destruction.ledger()))
    return 0


def access_matrix(options, rest) -> int:
    """For docs/access-matrix.md, for an auditor, for a spreadsheet. Reads no database."""
    import django

    os.environ.setdefault("WIDA_MODE", "demo")
    django.setup()
    from wida.access import matrix

    tell = {"markdown": matrix.as_markdown, "csv": matrix.as_csv, "json": matrix.as_json}
    print(tell[options.format](), end="")
    return 0


def grants(options, rest) -> int:
    """For an auditor to compare with docs/grants.txt, as a test does."""
    with _database(quiet=True), _logged_in("owner"):
        from wida.access.walls import listing

        print("\n".join(listing.lines()))
    return 0


def invite(options, rest) -> int:
    """The first administrator, or a new link for somebody who can't sign in."""
    with _database(quiet=True):
        from wida.accounts.first import link_for

        print(
            link_for(
                login=options.login, name=options.name, organisation=options.organisation, role=options.role
            )
        )
    return 0


def reindex_people(options, rest) -> int:
    with _database(), _logged_in("owner"):
        from wida.people.matching.renew import renew

        for done, total in renew():
            print(f"{done} of {total} dossiers", flush=True)
    return 0


def manage(options, rest) -> int:
    """Any command of Django, with the database running, as the owner of its tables."""
    from django.core.management import execute_from_command_line

    with _database(quiet=True), _logged_in("owner"):
        execute_from_command_line(["wida manage", *rest])
    return 0


def seal_audit(options, rest) -> int:
    with _database(quiet=True), _logged_in("worker"):
        from wida.audit import commands

        return commands.seal()


def verify_audit(options, rest) -> int:
    with _database(quiet=True), _logged_in("worker"):
        from wida.audit import commands

        return commands.verify(options.published, behind=options.behind)


def audit_proof(options, rest) -> int:
    with _database(quiet=True), _logged_in("worker"):
        from wida.audit import commands

        return commands.proof(options.event)


def translate(options, rest) -> int:
    if options.compile:
        print(f"{translations.compile_catalogues()} catalogues compiled")
        return 0
    if options.check:
        problems = [line for line in translations.check() if _concerns(line, options.room)]
        print("\n".join(problems) or "every catalogue is complete")
        return 1 if problems else 0
    for count in translations.update(options.room):
        if count.messages:
            print(f"{count.room:<12} {count.messages:>4} messages"
                  f" {count.untranslated:>4} untranslated {count.fuzzy:>4} fuzzy")  # fmt: skip
    return 0


def _concerns(problem: str, rooms: list[str]) -> bool:
    return not rooms or any(room in problem.replace("/", " ").replace(":", " ").split() for room in rooms)


# Steps ----------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _database(*, quiet: bool = False):
    """The server of DATABASE_URL, or else our own for as long as the block lasts; then Django is set up."""
    import django

    with contextlib.ExitStack() as stack:
        if "DATABASE_URL" not in os.environ and os.environ.setdefault("WIDA_MODE", "demo") != "production":
            home = Path(os.environ.get("WIDA_HOME", CHECKOUT / ".wida")).absolute()
            with contextlib.nullcontext() if quiet else _step("PostgreSQL"):
                server = stack.enter_context(postgres.running(home, say=_whisper(quiet)))
            roles.bootstrap(server.url)
            os.environ["DATABASE_URL"] = postgres.url(home, roles.APP)
            os.environ["DATABASE_OWNER_URL"] = postgres.url(home, roles.OWNER)
            os.environ["DATABASE_WORKER_URL"] = postgres.url(home, roles.WORKER)
        django.setup()
        yield


def _logged_in(account: str):
    """Once Django is set up."""
    from wida.database import logged_in

    return logged_in(account)


def _prepare_files() -> None:
    from django.conf import settings

    with _step("translations"):
        translations.compile_catalogues()
    settings.WIDA_HOME.mkdir(parents=True, exist_ok=True)
    _call("static files", "collectstatic", interactive=False, clear=False, verbosity=0)


def _build_walls() -> None:
    from wida.access.walls import build

    with _step("walls"):
        build.build()


def _fill() -> None:
    """Makes the fictional families when there is nobody yet: all of them or, when stopped halfway, none."""
    from django.contrib.auth import get_user_model
    from django.db import transaction

    build = getattr(importlib.import_module("wida.demo"), "build", None) if find_spec("wida.demo") else None
    if build is None or get_user_model().objects.exists():
        return
    with _step("fictional families"), transaction.atomic():
        build(progress=lambda line: print(f"  {line}", flush=True))


@contextlib.contextmanager
def _provider(port: int):
    """The fake provider beside the demo, when WIDA_DEMO_PROVIDER asks for it."""
    if os.environ.get("WIDA_DEMO_PROVIDER", "") not in ("1", "true"):
        yield
        return
    from wida.demo import provider

    with provider.running(port) as address:
        print(f"The fake provider answers at {address}", flush=True)
        yield


@contextlib.contextmanager
def _server(port: int):
    """gunicorn with sync workers, stopped with us. Each worker keeps its connection, so restart after migrate."""
    command = [sys.executable, "-m", "gunicorn", "wida.wsgi", "--no-control-socket",
               "--bind", os.environ.get("WIDA_BIND", f"127.0.0.1:{port}"),
               "--workers", os.environ.get("WIDA_WORKERS", "2"),
               "--timeout", "60", "--log-level", "warning"]  # fmt: skip
    with _started(*command) as server:
        yield server


@contextlib.contextmanager
def _started(*command: str):
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


def _answers(port: int, server: subprocess.Popen) -> bool:
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


def _welcome(port: int) -> None:
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


def _call(name: str, command: str, **options) -> None:
    from django.core.management import call_command

    with _step(name):
        call_command(command, **options)


@contextlib.contextmanager
def _step(name: str):
    """Says what is being done, and how long it took."""
    print(f"{name} …", flush=True)
    begin = time.monotonic()
    yield
    print(f"{name}: done in {time.monotonic() - begin:.1f} s", flush=True)


def _whisper(quiet: bool):
    return lambda line: print(f"  {line}", file=sys.stderr if quiet else sys.stdout, flush=True)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _leave(number, frame) -> None:
    raise SystemExit(128 + number)


def _fail(line: str) -> int:
    print(f"wida: {line}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
