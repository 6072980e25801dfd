"""Starts the program that opens what nobody trusts, and believes only a verdict."""

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

PROGRAM = Path(__file__).with_name("examine.py")
SECONDS = 60
MAX_COPY = 120_000_000


class NoVerdict(Exception):
    """The program didn't start, or the machine was too busy for it."""


class Verdict(NamedTuple):
    """`code` is "ok", or why the file can't be shared; `copy` is what may be shared."""

    code: str
    copy: bytes


def examine(data: bytes, mime: str) -> Verdict:
    """The bytes go in and out through pipes: a file never lies readable on a disk.

    A program that its limits killed found the file unreadable. Raises `NoVerdict` when that says nothing of the file.
    """
    command = [sys.executable, "-I", str(PROGRAM), mime]
    try:
        run = subprocess.run(
            command, input=data, capture_output=True, env={}, cwd="/", timeout=SECONDS, check=False
        )
    except (subprocess.TimeoutExpired, OSError) as fault:
        raise NoVerdict(type(fault).__name__) from fault
    if run.returncode < 0:
        return Verdict("unreadable", b"")
    code, _newline, copy = run.stdout.partition(b"\n")
    if run.returncode or (code == b"ok") != bool(copy) or len(copy) > MAX_COPY:
        raise NoVerdict(f"ended with {run.returncode}")
    return Verdict(code.decode(), copy)
