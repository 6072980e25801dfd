"""Settings. Everything that differs between installations comes from the environment, secrets also from files.

Any variable can be given as `<NAME>_FILE`, the path of a file that holds the value (Docker and systemd secrets).
Without a mode this is production, and production doesn't start until every secret is there.
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import EnvError, FileAwareEnv

from wida import connections, keys, postgres, storages
from wida.accounts import means

BASE_DIR = Path(__file__).resolve().parent.parent
env = FileAwareEnv(eager=True)

# Mode -----------------------------------------------------------------------------------------------------

WIDA_MODE = env.str("WIDA_MODE", "production")
if WIDA_MODE not in {"production", "demo", "test"}:
    raise ImproperlyConfigured("WIDA_MODE is production, demo or test")
WIDA_DEMO = WIDA_MODE == "demo"
WIDA_TEST = WIDA_MODE == "test"
PRODUCTION = WIDA_MODE == "production"

# Where the state of a run lives: database, keys, collected static files, logs.
WIDA_HOME = env.path("WIDA_HOME", BASE_DIR / ".wida").absolute()

# A page with settings and source lines helps a developer and an attacker alike, so only the demo can show it.
DEBUG = WIDA_DEMO and env.bool("WIDA_DEBUG", False)

# Secrets --------------------------------------------------------------------------------------------------

if not PRODUCTION:
    keys.lend(WIDA_HOME)
try:
    SECRET_KEY = env.str("WIDA_SECRET_KEY")
    # Key number -> 32 bytes. They wrap the data key of each dossier and never enter the database.
    WIDA_MASTER_KEYS = keys.numbered(env.str("WIDA_MASTER_KEYS"))
    # The one that seals; the others only open what is there. The highest, except while a new one is being handed out.
    WIDA_SEALING_KEY = env.int("WIDA_SEALING_KEY", max(WIDA_MASTER_KEYS))
    # Make the tokens by which persons are found: under each of them when a person is written, under one to search.
    WIDA_INDEX_KEYS = keys.numbered(env.str("WIDA_INDEX_KEYS"))
    WIDA_SEARCH_KEY = env.int("WIDA_SEARCH_KEY", min(WIDA_INDEX_KEYS))
    # Seals the trail. Only who seals needs it; the public keys check what it, and keys before it, signed.
    WIDA_AUDIT_KEY = env.str("WIDA_AUDIT_KEY", "")
    WIDA_AUDIT_PUBLIC_KEYS = env.list("WIDA_AUDIT_PUBLIC_KEYS", [])
    # The highest encrypts a new backup. Only who makes or restores one needs them.
    WIDA_BACKUP_KEYS = keys.numbered(backup_keys) if (backup_keys := env.str("WIDA_BACKUP_KEYS", "")) else {}
    DATABASE_URL = (
        env.str("DATABASE_URL")
        if PRODUCTION
        else env.str("DATABASE_URL", postgres.url(WIDA_HOME, "wida_app"))
    )
except (EnvError, ValueError) as error:
    raise ImproperlyConfigured(f"{error}. docs/operators.md lists what a production start needs.") from None
if WIDA_SEALING_KEY not in WIDA_MASTER_KEYS or WIDA_SEARCH_KEY not in WIDA_INDEX_KEYS:
    raise ImproperlyConfigured("WIDA_SEALING_KEY and WIDA_SEARCH_KEY are numbers of keys that are listed")
if len(SECRET_KEY) < 32:
    raise ImproperlyConfigured("WIDA_SECRET_KEY is shorter than 32 characters")

# The house ------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "wida.records",
    "wida.audit",
    "wida.accounts",
    "wida.access",
    "wida.dossiers",
    "wida.people",
    "wida.referrals",
    "wida.consults",
    "wida.situation",
    "wida.risk",
    "wida.sharing",
    "wida.meetings",
    "wida.plans",
    "wida.closure",
    "wida.attachments",
    "wida.drafts",
    "wida.notify",
    "wida.keeping",
    "wida.api",
    "wida.figures",
    "wida.inspection",
    "wida.web",
]

MIDDLEWARE = [
    "wida.health.healthz",  # first: it must answer when the rest can't
    "wida.logs.request_id",
    "django.middleware.security.SecurityMiddleware",
    "wida.headers.private",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "wida.web.middleware.compressed",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "wida.headers.strict",  # after what dresses its refusals, before anything is read
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "wida.web.middleware.locale",
    "wida.web.waiting.changed",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "wida.audit.middleware.trail",  # around all that refuses, and the transaction
    "allauth.account.middleware.AccountMiddleware",
    "wida.api.middleware.systems",  # likewise before the transaction
    "wida.accounts.attempts.count_attempts",  # before the transaction, so that a refusal counts
    "wida.records.middleware.transaction_per_request",
    "wida.accounts.middleware.actor",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "wida.urls"
WSGI_APPLICATION = "wida.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "wida.web.jinja.Backend",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "wida.web.jinja.environment"},
    }
]

# Database -------------------------------------------------------------------------------------------------


# Sync workers hold one connection each for their whole life, so a pool would buy nothing. `wida.records.middleware`
# opens the transaction of a request, so ATOMIC_REQUESTS stays off.
DATABASES = {"default": connections.of(env, "DATABASE_URL", DATABASE_URL, connections.PLANNED_ONCE)}
# A standby from which figures are read, and nothing else: `wida.database.figures`.
if env.str("DATABASE_REPLICA_URL", ""):
    DATABASES["replica"] = connections.of(env, "DATABASE_REPLICA_URL")
# How far the clock of this machine may be off the database's.
WIDA_CLOCK_SECONDS = env.float("WIDA_CLOCK_SECONDS", 60)
# Other accounts, for `wida.database`: who owns the tables, and who does the background work.
WIDA_DATABASE_LOGINS = {
    "owner": connections.of(env, "DATABASE_OWNER_URL", DATABASE_URL, "-c wida.migrating=on"),
    "worker": connections.of(env, "DATABASE_WORKER_URL", DATABASE_URL),
    "backup": connections.of(env, "DATABASE_BACKUP_URL", DATABASE_URL),
}
# Tests connect as somebody who may do everything, and step down to an account for each request and job.
WIDA_STEPS_DOWN = WIDA_TEST

# Background work: `wida.jobs`. A worker that gives no sign of life for this long lost its jobs to the others.
WIDA_WORKER_SILENT_SECONDS = env.float("WIDA_WORKER_SILENT_SECONDS", 60)
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_IMPORT_PATHS = ["wida.jobs"]
PROCRASTINATE_WORKER_DEFAULTS = {
    "concurrency": 2,
    "delete_jobs": "successful",
    "shutdown_graceful_timeout": 20,
    "stalled_worker_timeout": WIDA_WORKER_SILENT_SECONDS,
    "update_heartbeat_interval": WIDA_WORKER_SILENT_SECONDS / 6,
}

# One memory per worker. Nothing that must hold across workers may rely on it: sign-in attempts are counted in a
# table, and a cache in the database would forget with every request that is rolled back.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# Sign-in and sessions -------------------------------------------------------------------------------------

# The access management of Flanders (ACM/IDM), or any OpenID provider that gives the same claims.
WIDA_PROVIDER = {
    "issuer": env.str("WIDA_OIDC_ISSUER", ""),
    "client_id": env.str("WIDA_OIDC_CLIENT_ID", ""),
    "client_secret": env.str("WIDA_OIDC_CLIENT_SECRET", ""),
    "scopes": env.str("WIDA_OIDC_SCOPES", "openid profile vo wida"),
    # The claim with the roles, and what the provider calls them where that isn't WIDA's own word.
    "roles_claim": env.str("WIDA_OIDC_ROLES_CLAIM", "wida_rol_3d"),
    "roles": env.dict("WIDA_OIDC_ROLES", {}),
    # How somebody may have proved who they are; the second list is for what asks a fresh sign-in.
    "acr": env.list("WIDA_OIDC_ACR", means.STRONG),
    "acr_fresh": env.list("WIDA_OIDC_ACR_FRESH", means.STRONGEST),
    "seconds": env.float("WIDA_OIDC_SECONDS", 10),
}
# Accounts with a password of WIDA itself: the demo, and a fallback that an installation switches on.
WIDA_LOCAL_ACCOUNTS = env.bool("WIDA_LOCAL_ACCOUNTS", not PRODUCTION)
WIDA_SECOND_FACTOR = PRODUCTION  # asked of every local account, but not in the demo

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "wida.accounts.passwords.ContextValidator"},
]
AUTHENTICATION_BACKENDS = ["wida.accounts.backend.LocalAccounts"]
LOGIN_URL = "accounts:login"

# allauth keeps the second factors; its pages are ours.
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
MFA_ADAPTER = "wida.accounts.factors.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 0
MFA_TOTP_ISSUER = "WIDA"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RECOVERY_CODE_DIGITS = 10
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # the demo has no TLS

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # never in a cookie
SESSION_ENGINE = "wida.accounts.sessions"
SESSION_COOKIE_AGE = env.int("WIDA_SESSION_IDLE_MINUTES", 20) * 60  # without use
WIDA_SESSION_HOURS = env.float("WIDA_SESSION_HOURS", 10)  # with use: a long working day
WIDA_SESSIONS_PER_USER = env.int("WIDA_SESSIONS_PER_USER", 2 if PRODUCTION else 50)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
# A browser refuses a __Host- cookie that another host or plain HTTP tries to set.
SESSION_COOKIE_NAME = "__Host-wida" if PRODUCTION else "wida"
CSRF_COOKIE_NAME = "__Host-wida-csrf" if PRODUCTION else "wida-csrf"
WIDA_CHANGED_COOKIE = "__Host-wida-changed" if PRODUCTION else "wida-changed"
WIDA_COUNTS_SECONDS = env.int("WIDA_COUNTS_SECONDS", 15)  # how old the counts in the menu may be

# Looking --------------------------------------------------------------------------------------------------

# What one person may search, and how many different files they may open, in an hour. See docs/operators.md.
WIDA_SEARCHES_PER_HOUR = env.int("WIDA_SEARCHES_PER_HOUR", 60)
WIDA_FILES_PER_HOUR = env.int("WIDA_FILES_PER_HOUR", 40)

# Web ------------------------------------------------------------------------------------------------------

ALLOWED_HOSTS = env.list("WIDA_HOSTS", [] if PRODUCTION else ["127.0.0.1", "localhost", "testserver"])
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("WIDA_HOSTS names the hosts this installation answers for")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if PRODUCTION else []
CSRF_FAILURE_VIEW = "wida.web.errors.csrf_failure"
# Only these machines are believed about whom they speak for.
WIDA_PROXIES = env.list("WIDA_PROXIES", ["127.0.0.1", "::1"]) if env.bool("WIDA_BEHIND_PROXY", False) else []
if WIDA_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_CONTENT_TYPE_NOSNIFF = True
# Not "no-referrer": browsers then send `Origin: null` with our own forms, and every form is refused.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        # Browsers ask it of a redirect too: signing out goes on to the provider.
        "form-action": [SELF, *means.origins(WIDA_PROVIDER["issuer"])],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "report-uri": ["/csp-report"],
    }
}
PERMISSIONS_POLICY = {
    feature: []
    for feature in (
        *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen"),
        *("geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment"),
        *("picture-in-picture", "screen-wake-lock", "serial", "sync-xhr", "usb", "xr-spatial-tracking"),
    )
}

# The trail ------------------------------------------------------------------------------------------------

# Where the seals are published, for another system to fetch.
WIDA_AUDIT_FOLDER = env.path("WIDA_AUDIT_FOLDER", WIDA_HOME / "audit")

# Referrals ------------------------------------------------------------------------------------------------

# Working days within which a Safe Home looks at what came in, by the colour of its first weighing; acute danger is
# looked at the same day. No law sets them.
WIDA_CHECK_WITHIN = {
    "rood": env.int("WIDA_CHECK_WITHIN_RED", 1),
    "oranje": env.int("WIDA_CHECK_WITHIN_ORANGE", 2),
    "groen": env.int("WIDA_CHECK_WITHIN_GREEN", 5),
    "": env.int("WIDA_CHECK_WITHIN_UNWEIGHED", 2),
}

# Systems of others ----------------------------------------------------------------------------------------

# Who signs the tokens of systems that send reports and answers. Without an issuer nobody's is taken.
WIDA_API = {
    "issuer": env.str("WIDA_API_ISSUER", ""),
    "audience": env.str("WIDA_API_AUDIENCE", "wida"),
    "keys": env.str("WIDA_API_KEYS", ""),  # where its keys are; else its own description says so
    "per_minute": env.int("WIDA_API_PER_MINUTE", 300),  # requests of one system
}

# Mail -----------------------------------------------------------------------------------------------------

# Without a mail server nobody is mailed, and nothing waits to be. The demo writes its mails to files.
_mail = env.dj_email_url("WIDA_MAIL_URL", "dummy:" if PRODUCTION else "file:")
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_FILE_PATH = WIDA_HOME / "mail"
EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail["EMAIL_USE_TLS"], _mail["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 10
WIDA_MAIL = not EMAIL_BACKEND.endswith("dummy.EmailBackend")
DEFAULT_FROM_EMAIL = env.str("WIDA_MAIL_FROM", f"wida@{ALLOWED_HOSTS[0]}")
# Somebody gets at most one mail in this time, however much there is to do.
WIDA_MAIL_MINUTES = env.int("WIDA_MAIL_MINUTES", 15)
# Where a mail leads.
WIDA_URL = env.str(
    "WIDA_URL", f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else f"http://127.0.0.1:{env.int('PORT', 8000)}"
)

# Files ----------------------------------------------------------------------------------------------------

# How long a draft that nobody touches is kept.
WIDA_DRAFT_DAYS = env.int("WIDA_DRAFT_DAYS", 30)

WIDA_ATTACHMENT_MAX_BYTES = 25_000_000
WIDA_ATTACHMENT_DOSSIER_BYTES = env.int("WIDA_ATTACHMENT_DOSSIER_MB", 2_000) * 1_000_000
WIDA_ATTACHMENT_DAY_BYTES = env.int("WIDA_ATTACHMENT_DAY_MB", 500) * 1_000_000  # by one user
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # everything in a form that isn't a file
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
DATA_UPLOAD_MAX_NUMBER_FILES = 5
# An upload is held in memory until it is encrypted: Django's own handler would put the plain file on disk.
FILE_UPLOAD_HANDLERS = ["wida.attachments.upload.Bounded"]

# ClamAV. Without its socket nothing is scanned, and the screens say so.
WIDA_CLAMD_SOCKET = env.str("WIDA_CLAMD_SOCKET", "")
WIDA_CLAMD_SECONDS = 120

STATIC_URL = "/static/"
STATIC_ROOT = WIDA_HOME / "static"
# Tests serve the files from where they are; everything else serves what `collectstatic` named by content.
STORAGES = {
    "default": storages.of_attachments(env, WIDA_HOME),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if WIDA_TEST
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = WIDA_TEST

# Language and time ----------------------------------------------------------------------------------------

# Each room keeps its own catalogue in its `locale` folder; English is the language of the source.
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "wida-language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = PRODUCTION
USE_TZ = True
TIME_ZONE = "Europe/Brussels"

# Face -----------------------------------------------------------------------------------------------------

WIDA_BRAND = {
    "wordmark": env.str("WIDA_WORDMARK", "Veilig Huis"),
    "service": env.str("WIDA_SERVICE", "WIDA"),
}

# Logs -----------------------------------------------------------------------------------------------------

# To standard error, where the process manager collects it. Who did what stands in the audit, not here.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "wida.logs.Line"}, "json": {"()": "wida.logs.Json"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": env.str("WIDA_LOG", "json" if PRODUCTION else "line"),
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Replaces Django's own list, which would also mail and print every refused page twice.
    "loggers": {"django": {"handlers": [], "level": "ERROR" if WIDA_TEST else "WARNING"}},
}
