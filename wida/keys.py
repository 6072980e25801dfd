"""The secrets WIDA starts with, and the place where the demo and the tests keep theirs."""

import os
import secrets
from pathlib import Path

KEY_BYTES = 32
MADE_BY_ITSELF = {
    "WIDA_SECRET_KEY": lambda: secrets.token_urlsafe(48),
    "WIDA_MASTER_KEYS": lambda: f"1:{secrets.token_hex(KEY_BYTES)}",
    "WIDA_INDEX_KEYS": lambda: f"1:{secrets.token_hex(KEY_BYTES)}",
    "WIDA_AUDIT_KEY": lambda: secrets.token_hex(KEY_BYTES),
    "WIDA_BACKUP_KEYS": lambda: f"1:{secrets.token_hex(KEY_BYTES)}",
}


def lend(home: Path) -> None:
    """For the demo and the tests only: sets the secrets that are missing from `<home>/keys`, made at first use."""
    folder = home / "keys"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, make in MADE_BY_ITSELF.items():
        if name in os.environ or f"{name}_FILE" in os.environ:
            continue
        os.environ[name] = _kept(folder / name.removeprefix("WIDA_").lower(), make)


def _kept(path: Path, make) -> str:
    """What the file says. Two processes that start together agree, because only one can link its file there."""
    if not path.exists():
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(make() + "\n")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def numbered(text: str) -> dict[int, bytes]:
    """Reads `1:<64 hex digits>,2:<64 hex digits>`."""
    keys = {}
    for entry in text.replace("\n", ",").split(","):
        if entry.strip():
            number, _, digits = entry.strip().partition(":")
            keys[int(number)] = key(digits)
    if not keys or not all(0 < number < 2**16 for number in keys):
        raise ValueError("such keys are written as <number>:<64 hex digits>, numbered from 1 to 65535")
    return keys


def key(digits: str) -> bytes:
    """Reads one key of 32 bytes from 64 hex digits."""
    value = bytes.fromhex(digits)
    if len(value) != KEY_BYTES:
        raise ValueError("a key is 64 hex digits")
    return value
