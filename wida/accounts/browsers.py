"""From where somebody signed in before, so that they are told when it is from somewhere else."""

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from wida.accounts.address import address_of, device_of
from wida.accounts.models import Browser, User
from wida.audit.origin import network

REMEMBERED = timedelta(days=180)


def note(request: HttpRequest, user: User) -> bool:
    """Remembers this browser and network; True when the account was never used from there, but was from elsewhere.

    Kept here and not in a cookie: signing out leaves nothing in a browser.
    """
    now = timezone.now()
    Browser.objects.filter(user=user, seen_at__lt=now - REMEMBERED).delete()
    place = f"{user.pk} {device_of(request)} {network(address_of(request))}"
    digest = salted_hmac("wida.accounts.browsers", place, algorithm="sha256").hexdigest()
    _row, new = Browser.objects.update_or_create(user=user, digest=digest, defaults={"seen_at": now})
    return new and Browser.objects.filter(user=user).exclude(digest=digest).exists()
