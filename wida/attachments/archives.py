"""Limits of a zip, read from its directory before anything else reads it. Nothing is unpacked here.

Shared with the examining program, so it knows nothing of the house.
"""

import stat
import zipfile

MAX_MEMBERS = 2_000
MAX_MEMBER = 60_000_000
MAX_UNPACKED = 200_000_000
# Text packs well, but no real document of some size packs a hundredfold.
MAX_RATIO = 100
RATIO_COUNTS_FROM = 5_000_000


def within_limits(package: zipfile.ZipFile) -> bool:
    """Whether it may be read further: few and small enough, and every member a plain file below its own root."""
    members = package.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    return (
        len(members) <= MAX_MEMBERS
        and len({member.filename for member in members}) == len(members)
        and unpacked <= MAX_UNPACKED
        and (unpacked < RATIO_COUNTS_FROM or unpacked <= MAX_RATIO * packed)
        and all(_is_harmless(member) for member in members)
    )


def _is_harmless(member: zipfile.ZipInfo) -> bool:
    name = member.orig_filename
    return (
        member.file_size <= MAX_MEMBER
        and not member.flag_bits & 0x1  # encrypted: nobody can look into it
        and not stat.S_ISLNK(member.external_attr >> 16)
        and not name.startswith("/")
        and ".." not in name.split("/")
        and not set(name) & set("\\:\0")
    )
