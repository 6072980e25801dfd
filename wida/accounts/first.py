"""The first account of an installation, from the command line."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from wida.accounts import keeping
from wida.accounts.codes import OrganisationType, Role, fits
from wida.accounts.models import Organisation, User


@transaction.atomic
def link_for(*, login: str, name: str | None, organisation: str | None, role: str) -> str:
    """The address by which somebody chooses a password, once, within two days. Makes the account when it is new."""
    if not settings.WIDA_LOCAL_ACCOUNTS:
        raise ImproperlyConfigured("local accounts are off: set WIDA_LOCAL_ACCOUNTS=true first")
    user = User.objects.filter(login=login, issuer="").first()
    if user is None:
        if not name or not organisation:
            raise ImproperlyConfigured(f"{login} is new: give --name and --organisation")
        user = keeping.add_account(name=name, login=login)
    if organisation:
        keeping.give_membership(user=user, organisation=_place(organisation, role), role=Role(role))
    path = reverse("accounts:invitation", args=[keeping.invite(user=user)])
    host = settings.ALLOWED_HOSTS[0]
    return f"https://{host}{path}" if settings.PRODUCTION else f"http://{host}:8000{path}"


def _place(name: str, role: str) -> Organisation:
    if role not in Role.values:
        raise ImproperlyConfigured(f"{role} is no role: choose one of {', '.join(Role.values)}")
    place, _made = Organisation.objects.get_or_create(
        name=name, defaults={"type": OrganisationType.CENTRAL, "valid_from": timezone.localdate()}
    )
    if not fits(role, place.type):
        raise ImproperlyConfigured(f"{role} does not exist at {name}")
    return place
