"""Safe Homes, the organisations around them, and the people who work there."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from wida.accounts.actor import Actor
from wida.accounts.codes import OrganisationType, Role
from wida.records.ids import new_id


def valid_on(day, prefix: str = "") -> Q:
    """Rows whose `valid_from`/`valid_until` hold on a day; `prefix` reaches through a relation (`partner__`)."""
    return Q(**{f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{prefix}valid_until": None}) | Q(**{f"{prefix}valid_until__gte": day})
    )


class Validity(models.Model):
    """From when until when something holds; the last day is included."""

    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="%(app_label)s_%(class)s_period",
            )
        ]


class SafeHome(Validity):
    """A Veilig Huis (decree art. 3). Its prefix starts the numbers of its dossiers; gaps may occur."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=80, unique=True)
    seat = models.CharField(max_length=80)
    prefix = models.CharField(max_length=6, unique=True)
    next_number = models.PositiveIntegerField(default=10001)

    def __str__(self) -> str:
        return self.name


class PoliceZone(Validity):
    """A local police zone with its official four-digit code (KB 24 October 2001)."""

    code = models.CharField(max_length=4, primary_key=True)
    name = models.CharField(max_length=60)
    safe_home = models.ForeignKey(SafeHome, on_delete=models.PROTECT, related_name="police_zones")

    def __str__(self) -> str:
        return self.name


class Organisation(Validity):
    """An organisation of article 10 of the decree, or a Safe Home itself."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120, unique=True)
    type = models.CharField(max_length=24, choices=OrganisationType.choices)
    # KBO number, OVO code or institution number: by it the access management of Flanders names the organisation.
    code = models.CharField(max_length=12, blank=True)
    safe_home = models.ForeignKey(SafeHome, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(type=OrganisationType.SAFE_HOME, safe_home__isnull=False)
                | (~Q(type=OrganisationType.SAFE_HOME) & Q(safe_home=None)),
                name="accounts_organisation_house",
            ),
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="accounts_organisation_code"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Partnership(Validity):
    """An organisation that takes part in a Safe Home; `core` when structurally (decree art. 2, 8°)."""

    safe_home = models.ForeignKey(SafeHome, on_delete=models.PROTECT, related_name="partnerships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="partnerships")
    core = models.BooleanField(default=False)
    agreement = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["safe_home", "organisation"], name="accounts_partnership_once"),
        ]


class UserManager(BaseUserManager):
    def get_by_natural_key(self, login):
        return self.get(login=login)


class User(AbstractBaseUser):
    """Somebody who signs in. What they may do hangs on their memberships, not on the account.

    `issuer` and `subject` are who they are at the provider, and the only thing they are recognised by there; a local
    account has neither, and the two never become one.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    login = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=80)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    issuer = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=255, blank=True)

    objects = UserManager()
    USERNAME_FIELD = "login"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "subject"], condition=~Q(issuer=""), name="accounts_user_identity"
            ),
            models.CheckConstraint(
                condition=Q(issuer="", subject="") | (~Q(issuer="") & ~Q(subject="")),
                name="accounts_user_identity_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet):
    def current(self):
        """Memberships that hold today, of active users at organisations that exist today."""
        today = timezone.localdate()
        return self.filter(
            valid_on(today), valid_on(today, "organisation__"), user__is_active=True, ended_at=None
        )

    def partners_of(self, safe_home_id):
        """Contact persons of the organisations that take part in a Safe Home today."""
        return self.current().filter(
            valid_on(timezone.localdate(), "organisation__partnerships__"),
            organisation__partnerships__safe_home_id=safe_home_id,
            role__in=[Role.LIAISON, Role.POLICE_LIAISON, Role.PROSECUTOR],
        )


class Membership(Validity):
    """A role of a user at an organisation. `from_provider`: it lives as long as the access management gives it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=32, choices=Role.choices)
    function = models.CharField(max_length=80, blank=True)
    from_provider = models.BooleanField(default=False)
    # Ended at a moment, where `valid_until` only knows days.
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation", "role"], name="accounts_membership_once"),
        ]

    @property
    def actor(self) -> Actor:
        return Actor(
            user_id=self.user_id,
            name=self.user.name,
            membership_id=self.id,
            organisation_id=self.organisation_id,
            organisation=self.organisation.name,
            organisation_type=self.organisation.type,
            role=self.role,
            function=self.function,
            house_id=self.organisation.safe_home_id,
            house=self.organisation.safe_home.name if self.organisation.safe_home_id else "",
        )


class Session(AbstractBaseSession):
    """A signed-in browser, or one on its way to be. `expire_date` moves with each use."""

    user = models.UUIDField(null=True, db_index=True)
    started_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "accounts_session"

    @classmethod
    def get_session_store_class(cls):
        from wida.accounts.sessions import SessionStore

        return SessionStore


class Attempt(models.Model):
    """How often something was tried: a password by one address, a code by one user. The key is a keyed hash."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    since = models.DateTimeField()


class Invitation(models.Model):
    """A link that lets somebody choose a password once: the first time, or after a reset. Kept as a hash."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Browser(models.Model):
    """From where somebody signed in before: a keyed hash of browser and network, which says neither."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    digest = models.CharField(max_length=64)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="accounts_browser_once")]


class FactorReset(models.Model):
    """Somebody lost every second factor: one person asks that they are removed, another one does it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_signature = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    done_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(asked_by=F("user")) & ~Q(done_by=F("user")) & ~Q(done_by=F("asked_by")),
                name="accounts_factorreset_by_two",
            ),
            models.CheckConstraint(
                condition=Q(done_by=None, done_at=None) | Q(done_by__isnull=False, done_at__isnull=False),
                name="accounts_factorreset_done",
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(done_at=None), name="accounts_factorreset_once"
            ),
        ]
