"""What a request leaves in the trail."""

from wida.audit.models import Event

RECENT = 20  # ids are in order of making, but not within a millisecond


def events_of(act, **facts) -> tuple[object, list[Event]]:
    """What was answered, and the events that this left."""
    before = list(Event.objects.order_by("-id").values_list("id", flat=True)[:RECENT])
    answer = act()
    after = Event.objects.filter(**facts, **({"id__gt": before[-1]} if before else {}))
    return answer, list(after.exclude(pk__in=before).order_by("id"))
