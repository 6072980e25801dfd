"""Who plays in one Safe Home of the demo."""

from wida.accounts.actor import Actor
from wida.accounts.models import Membership, SafeHome


class House:
    """Who plays in one Safe Home of the demo."""

    def __init__(self, name: str):
        self.home = SafeHome.objects.get(name=name)
        slug = name.lower()
        members = Membership.objects.select_related("user", "organisation__safe_home").filter(
            user__login__endswith=slug
        )
        self.members = {member.user.login.removesuffix(slug).rstrip("-."): member for member in members}
        self.zones = list(self.home.police_zones.order_by("code"))

    def actor(self, role: str) -> Actor:
        return self.members[role].actor
