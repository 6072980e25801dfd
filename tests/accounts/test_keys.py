"""How old the keys are, for the central administrator: since when each is in use, never the key."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.pages import plain
from wida.audit.models import Event
from wida.keeping.jobs import note_keys
from wida.keeping.models import KeySeen

ADMIN = "admin.team"
PAGE = reverse("accounts:keys")


def test_tells_the_age_of_each_key_and_warns(house):
    note_keys(0)
    note_keys(0)
    KeySeen.objects.filter(kind="master").update(since=timezone.now() - timedelta(days=366))
    KeySeen.objects.create(kind="index", number=9, fingerprint="f" * 16)  # one that is no longer in use
    note_keys(0)

    page = cast.signed_in(ADMIN).get(PAGE)

    assert page.status_code == 200
    told = plain(page)
    assert told.count("Te oud") == 1
    assert told.index("Te oud") < told.index("Zoeksleutel")
    assert "Zoeksleutel: vindt personen 9" not in told
    secrets = [*settings.WIDA_MASTER_KEYS.values(), *settings.WIDA_INDEX_KEYS.values()]
    marks = KeySeen.objects.values_list("fingerprint", flat=True)
    assert [
        one
        for one in (*(key.hex() for key in secrets), settings.SECRET_KEY, *marks)
        if one in page.content.decode()
    ] == []
    assert Event.objects.filter(action="listed", detail="keys", user=cast.actor(ADMIN).user_id).count() == 1


def test_is_for_the_central_administrator(house):
    for login in ("coordinator.limburg", "auditor.team", "central.team"):
        assert cast.signed_in(login).get(PAGE).status_code == 403
