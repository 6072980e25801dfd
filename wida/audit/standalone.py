"""Checks a proof that WIDA exported for one event, on any computer: `python standalone.py proof.json [seal.json]`.

Needs Python and the package `cryptography`, nothing of WIDA. Exit code 0: the event is in the trail as it stands in
the proof. Give the published seal of the same number, from a copy WIDA can't reach, to be sure of the key as well.
"""

import hashlib
import json
import sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def fault_in(proof: dict, published: dict | None = None) -> str:
    """What is wrong with a proof, or nothing."""
    seal = dict(proof["seal"])
    if published is not None and seal != published:
        return "the seal in the proof is not the one that was published"
    signature = bytes.fromhex(seal.pop("signature"))
    key = bytes.fromhex(proof["public_key"])
    if hashlib.sha256(key).hexdigest()[:16] != seal["key"]:
        return "the seal names another key"
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, as_bytes("wida-audit-batch-v1", seal))
    except InvalidSignature:
        return "the signature of the seal is wrong"
    leaf = hashlib.sha256(b"\x00" + as_bytes("wida-audit-event-v1", proof["event"])).digest()
    path = [bytes.fromhex(beside) for beside in proof["path"]]
    root = root_from(leaf, proof["place"], int(seal["size"]), path)
    return "" if root is not None and root.hex() == seal["root"] else "the event is not in the sealed tree"


def as_bytes(kind: str, fields: dict) -> bytes:
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return f"{kind}\n{text}".encode()


def root_from(leaf: bytes, place: int, size: int, path: list[bytes]) -> bytes | None:
    """The root that a leaf and the hashes beside its way up make (RFC 9162, 2.1.3.2); None when they don't fit."""
    if not 0 <= place < size:
        return None
    last, node = size - 1, leaf
    for beside in path:
        if last == 0:
            return None
        if place % 2 or place == last:
            node = hashlib.sha256(b"\x01" + beside + node).digest()
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            node = hashlib.sha256(b"\x01" + node + beside).digest()
        place, last = place // 2, last // 2
    return node if last == 0 else None


def main(arguments: list[str]) -> int:
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    proof, *published = (json.loads(Path(name).read_text(encoding="utf-8")) for name in arguments)
    fault = fault_in(proof, *published)
    event = proof["event"]
    print(fault or f"sealed: {event['at']} {event['signature']} {event['action']} {event['part']}".rstrip())
    return 1 if fault else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
