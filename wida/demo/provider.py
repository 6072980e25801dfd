"""The fake provider beside the demo: the same people, as ACM/IDM would send them."""

import contextlib
import os
from collections.abc import Iterator

from wida.accounts.fake_provider import CLIENT_ID, CLIENT_SECRET, Provider, person
from wida.accounts.models import Membership


@contextlib.contextmanager
def running(port: int) -> Iterator[str]:
    """Runs while the block lasts, and tells the servers that start in it where. Gives its address."""
    people = [
        person(
            f"demo-{member.user.login}",
            *member.user.name.split(" ", 1),
            member.organisation.code,
            member.role,
        )
        for member in Membership.objects.select_related("user", "organisation").order_by("user__login")
        if not member.user.issuer
    ]
    with Provider(people, port=port, choose=True) as provider:
        os.environ |= {
            "WIDA_OIDC_ISSUER": provider.issuer,
            "WIDA_OIDC_CLIENT_ID": CLIENT_ID,
            "WIDA_OIDC_CLIENT_SECRET": CLIENT_SECRET,
        }
        yield provider.issuer
