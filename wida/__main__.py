"""The command line: `wida demo`, `wida serve`, `wida worker`, `wida migrate`, `wida translate`, `wida manage …`."""

import argparse
import os
import signal
import sys
import time
from pathlib import Path
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured

from wida import postgres, running, translations
from wida.access.walls import roles
from wida.place import Unavailable


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit code. Whatever stops it is said in one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wida.settings")
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    # A shell starts what runs in its background deaf to Ctrl-C; who sends it means it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    options, rest = _parser().parse_known_args(arguments)
    if rest and options.run is not manage:
        _parser().error(f"unknown: {' '.join(rest)}")
    try:
        return options.run(options, rest) or 0
    except KeyboardInterrupt:
        return 130
    except (Unavailable, ImproperlyConfigured, PermissionError) as error:
        return running.fail(str(error))


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
    command = commands.add_parser("reindex-people", help="make anew by what persons are found")
    command.set_defaults(run=reindex_people)
    command = commands.add_parser(
        "rotate-keys", help="bring data keys and tokens under the keys that hold now"
    )
    command.set_defaults(run=rotate_keys)
    command = commands.add_parser(
        "destructions", help="print which dossiers were destroyed, or destroy them again"
    )
    command.add_argument("--replay", metavar="FILE", help="after a restore: what was printed before it")
    command.set_defaults(run=destructions)
    command = commands.add_parser("backup", help="write an encrypted backup of database and attachments")
    command.add_argument("file", type=Path)
    command.add_argument(
        "--check", action="store_true", help="only read the whole file, and say what it holds"
    )
    command.set_defaults(run=keep, keep="backup", account="backup")
    command = commands.add_parser("restore", help="fill an empty database from a backup, and verify it")
    command.add_argument("file", type=Path)
    command.set_defaults(run=keep, keep="restore", account="owner")
    command = commands.add_parser(
        "reopen", help="after any other restore: end again what had ended, and open the doors"
    )
    command.set_defaults(run=keep, keep="reopen", account="owner")
    command = commands.add_parser("seed", help="add fictional families by the thousand; never in production")
    command.add_argument("--dossiers", type=int, required=True, metavar="N")
    command.add_argument("--random-seed", type=int, default=1, help="the same number makes the same families")
    command.set_defaults(run=seed)
    command = commands.add_parser("access-matrix", help="print who may do what, as code decides it")
    command.add_argument("--format", choices=("markdown", "csv", "json"), default="markdown")
    command.set_defaults(run=access_matrix)
    command = commands.add_parser(
        "fields", help="print what each field of the database holds, and how it is kept"
    )
    command.set_defaults(run=fields)
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
    command.set_defaults(run=audit, audit="seal")
    command = commands.add_parser("verify-audit", help="recompute the trail; 1 when it is broken")
    command.add_argument("--published", type=Path, help="a copy of the published seals, kept elsewhere")
    command.add_argument("--behind", type=int, default=1, help="how many minutes the copy may be behind")
    command.set_defaults(run=audit, audit="verify")
    command = commands.add_parser("audit-proof", help="print the proof that one event is sealed, as JSON")
    command.add_argument("event", type=UUID)
    command.set_defaults(run=audit, audit="proof")
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
    command = commands.add_parser("connect", help="let a system of the issuer speak for an organisation")
    command.add_argument("subject", help="what the issuer calls the system (the claim `sub`)")
    command.add_argument("--organisation", help="for which it speaks, by its name in WIDA")
    command.add_argument("--end", action="store_true", help="it no longer may")
    command.set_defaults(run=connect)
    command = commands.add_parser("manage", help="run a command of Django", add_help=False)
    command.set_defaults(run=manage)
    return parser


# Commands -------------------------------------------------------------------------------------------------


def demo(options, rest) -> int:
    """Everything from an empty folder to a running site. A second start keeps the data and takes seconds."""
    port = int(os.environ.get("PORT", "8000"))
    if not running.is_free(port):
        return running.fail(
            f"port {port} is taken: stop what uses it, or choose another with PORT=8001 make demo"
        )
    os.environ["WIDA_MODE"] = "demo"
    with running.database():
        running.prepare_files()
        with running.logged_in("owner"):
            running.call("tables", "migrate", verbosity=0)
            running.build_walls()
            running.fill()
        with (
            running.provider(port + 1),
            running.server(port) as server,
            running.started(sys.executable, "-m", "wida", "worker"),
        ):
            if not running.answers(port, server):
                return running.fail("the site didn't start; the lines above say why")
            running.welcome(port)
            return server.wait()


def serve(options, rest) -> int:
    """Serves until stopped. The tables must be up to date: `/healthz` says so when they aren't."""
    with running.database():
        running.look_at_doors()
        running.prepare_files()
        with running.server(int(os.environ.get("PORT", "8000"))) as server:
            return server.wait()


def worker(options, rest) -> int:
    """Does background work until stopped. As many may run as one likes, on any machine with the database."""
    with running.database(quiet=True), running.logged_in("worker"):
        from wida import jobs
        from wida.audit import signing
        from wida.keeping import ledger

        ledger.settle()
        running.look_at_doors()
        signing.signer()  # a worker that can't seal must not start
        jobs.work()
    return 0


def bootstrap(options, rest) -> int:
    """Makes the accounts and hands them the database of DATABASE_ADMIN_URL. `wida migrate` comes after it."""
    address = os.environ.get("DATABASE_ADMIN_URL")
    if not address:
        return running.fail(
            "DATABASE_ADMIN_URL is the address by which accounts can be made: set it for this command"
        )
    with running.step("accounts"):
        roles.bootstrap(address)
    return 0


def migrate(options, rest) -> int:
    with running.database(), running.logged_in("owner"):
        running.call("tables", "migrate", verbosity=1)
        running.build_walls()
    return 0


def rotate_keys(options, rest) -> int:
    """While people work; docs/operators.md says what comes before and after. Stopped, it is simply run again."""
    with running.database(quiet=True), running.logged_in("owner"):
        from django.conf import settings

        from wida.api import renew as reports
        from wida.people.matching.renew import renew
        from wida.records import rotation

        print(f"{sum(rotation.rewrap_all())} data keys wrapped under master key {settings.WIDA_SEALING_KEY}")
        for number in sorted(settings.WIDA_MASTER_KEYS.keys() - {settings.WIDA_SEALING_KEY}):
            print(f"master key {number} still opens {rotation.still_under(number)} data keys")
        for done, total in renew():
            print(f"{done} of {total} dossiers have tokens under {_numbers(settings.WIDA_INDEX_KEYS)}")
        print(f"{sum(reports.renew())} reports of the police moved to index key {settings.WIDA_SEARCH_KEY}")
    return 0


def _numbers(keys: dict[int, bytes]) -> str:
    return "index key " + " and ".join(map(str, sorted(keys)))


def destructions(options, rest) -> int:
    with running.database(quiet=True), running.logged_in("owner"):
        from wida.closure import destruction

        if options.replay:
            lines = Path(options.replay).read_text(encoding="utf-8").splitlines()
            print(f"{destruction.replay(lines)} dossiers had come back, and are destroyed again")
        else:
            print("\n".join(destruction.ledger()))
    return 0


def seed(options, rest) -> int:
    """Makes the tables and the accounts of the demo first, where they aren't there yet."""
    os.environ.setdefault("WIDA_MODE", "demo")
    with running.database(options=postgres.FILLING), running.logged_in("owner"):
        running.call("tables", "migrate", verbosity=0)
        running.build_walls()
        import psycopg
        from django.conf import settings

        from wida.demo.organisations import make_organisations
        from wida.seed import seed

        make_organisations()
        address = os.environ.get("DATABASE_ADMIN_URL", postgres.url(settings.WIDA_HOME))
        began = time.monotonic()
        with psycopg.connect(address) as server:
            made = seed(options.dossiers, random_seed=options.random_seed, server=server)
        loaded = time.monotonic() - began - made.told  # until all is on the disk
        with psycopg.connect(address, autocommit=True) as server:
            server.execute("vacuum analyze")
        rate = f"{made.dossiers / loaded:.0f} dossiers and {made.rows / loaded:.0f} rows a second"
        print(
            f"{made.dossiers} dossiers in {loaded:.1f} s, {rate}; telling the stories took {made.told:.1f} s"
        )
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


def fields(options, rest) -> int:
    """For docs/fields.md. Reads no database."""
    import django

    os.environ.setdefault("WIDA_MODE", "demo")
    django.setup()
    from wida.records import classes

    print(classes.as_markdown(), end="")
    return 0


def grants(options, rest) -> int:
    """For an auditor to compare with docs/grants.txt, as a test does."""
    with running.database(quiet=True), running.logged_in("owner"):
        from wida.access.walls import listing

        print("\n".join(listing.lines()))
    return 0


def invite(options, rest) -> int:
    """The first administrator, or a new link for somebody who can't sign in."""
    with running.database(quiet=True), running.logged_in("owner"):
        from wida.accounts.first import link_for

        print(
            link_for(
                login=options.login, name=options.name, organisation=options.organisation, role=options.role
            )
        )
    return 0


def connect(options, rest) -> int:
    """A police zone that sends reports, a partner that answers from its own files."""
    with running.database(quiet=True), running.logged_in("owner"):
        from wida.api import senders

        if options.end:
            print(f"{senders.disconnect(subject=options.subject)} connections ended")
        else:
            place = senders.connect(
                subject=options.subject, organisation=options.organisation or ""
            ).organisation
            print(f"{options.subject} speaks for {place.name}")
    return 0


def reindex_people(options, rest) -> int:
    with running.database(), running.logged_in("owner"):
        from wida.people.matching.renew import renew

        for done, total in renew():
            print(f"{done} of {total} dossiers", flush=True)
    return 0


def manage(options, rest) -> int:
    """Any command of Django, with the database running, as the owner of its tables."""
    from django.core.management import execute_from_command_line

    with running.database(quiet=True), running.logged_in("owner"):
        execute_from_command_line(["wida manage", *rest])
    return 0


def audit(options, rest) -> int:
    """Sealing, verifying and proving, as the house itself."""
    with running.database(quiet=True), running.logged_in("worker"):
        from wida.audit import commands

        return commands.RUN[options.audit](options)


def keep(options, rest) -> int:
    """Backups and restores. The one who keeps the house at night is no developer: one line says what happened."""
    with running.database(quiet=True), running.logged_in(options.account):
        from wida.keeping import commands

        return commands.RUN[options.keep](options)


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


def _leave(number, frame) -> None:
    raise SystemExit(128 + number)


if __name__ == "__main__":
    raise SystemExit(main())
