"""pg_dump and pg_restore: those of the wheel where they are, else those of the system."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from wida.place import WHEEL, Unavailable

CHUNK = 256 * 1024
CONNECTS = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",  # never among the arguments, which everybody on the machine can read
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "target_session_attrs": "PGTARGETSESSIONATTRS",
}


class Failed(Exception):
    """A program of PostgreSQL gave up; carries its last line."""


def find(name: str) -> str:
    """The wheel's own first: it is as new as any server that WIDA works with, and pg_dump must not be older."""
    spec = find_spec(WHEEL.replace("-", "_"))
    if spec and spec.submodule_search_locations:
        path = Path(spec.submodule_search_locations[0]) / "pginstall" / "bin" / name
        if path.exists():
            return str(path)
    if found := shutil.which(name):
        return found
    raise Unavailable(f"{name} isn't installed: it comes with the client of PostgreSQL")


def environment(parameters: dict, **more: str) -> dict[str, str]:
    """How a program connects as Django does, with these parameters of its connection."""
    wanted = {name: str(parameters[key]) for key, name in CONNECTS.items() if parameters.get(key)}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | wanted | more


def read_from(name: str, *arguments: str, environment: dict[str, str]) -> Iterator[bytes]:
    """What the program writes, in pieces. Raises `Failed` when it doesn't end well."""
    with _running(name, *arguments, environment=environment, stdout=subprocess.PIPE) as program:
        while piece := program.stdout.read(CHUNK):
            yield piece


def write_to(name: str, *arguments: str, environment: dict[str, str], data: Iterator[bytes]) -> None:
    """Feeds the program. What goes wrong before the end kills it, so that it never takes half for the whole."""
    with (
        _running(name, *arguments, environment=environment, stdin=subprocess.PIPE) as program,
        contextlib.suppress(BrokenPipeError),  # it gave up, and says why
    ):
        for piece in data:
            program.stdin.write(piece)
        program.stdin.close()


@contextlib.contextmanager
def _running(name: str, *arguments: str, environment: dict[str, str], **pipes):
    command = [find(name), *arguments]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, **pipes) as program:
        try:
            yield program
        except BaseException:
            program.kill()
            raise
        said = program.stderr.read().decode(errors="replace").strip().splitlines()
    if program.returncode:
        raise Failed(f"{name}: {said[-1] if said else 'it stopped'}")
