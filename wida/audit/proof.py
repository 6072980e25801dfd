"""The proof that one event stands in the trail: a small file that is checked without WIDA, by `standalone.py`."""

from uuid import UUID

from wida.audit import seal, signing, tree, written
from wida.audit.models import Batch, Event


class NotSealed(Exception):
    """No such event, or no seal holds it yet."""


def of(event_id: UUID) -> dict:
    """Everything that is needed to recompute the root that was signed and published. Raises `NotSealed`."""
    event = Event.objects.filter(pk=event_id).values(*written.COLUMNS).first()
    batches = Batch.objects.filter(sealed_at__gte=written.made_at(event_id) - seal.AHEAD)
    batch = batches.filter(events__contains=[event_id]).first()
    if event is None or batch is None:
        raise NotSealed(f"event {event_id} isn't sealed, or doesn't exist")
    leaves, place = bytes(batch.leaves), batch.events.index(event_id)
    hashes = [leaves[start : start + tree.HASH] for start in range(0, len(leaves), tree.HASH)]
    key = signing.trusted()[batch.key]
    return {
        "format": "wida-audit-proof-v1",
        "event": written.texts(event),
        "place": place,
        "path": [beside.hex() for beside in tree.path(hashes, place)],
        "seal": seal.seal_of(batch),
        "public_key": key.public_bytes_raw().hex(),
    }
