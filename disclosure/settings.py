"""Django's settings. What differs from machine to machine comes from the environment (``configuration``)."""

from datetime import timedelta
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from disclosure import configuration

_env = configuration.read()

BASE_DIR = configuration.BASE_DIR
VAR_DIR = _env.var_dir
VAR_DIR.mkdir(mode=configuration.PRIVATE_DIRECTORY, parents=True, exist_ok=True)

# Never on: a debug page shows settings and data to whoever meets an error.
DEBUG = False
SECRET_KEY = _env.secret_key
SITE_URL = _env.site_url
ALLOWED_HOSTS = [*_env.allowed_hosts, urlsplit(SITE_URL).hostname]

INSTALLED_APPS = [
    "disclosure",
    "schools",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_prose_editor",
    "js_asset",
    "axes",
    "import_export",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "schools.apps.OperatorConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    # Before staticfiles: `runserver` then serves static files as production does.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "disclosure.middleware.RequestIdMiddleware",
    "disclosure.middleware.ClientAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    # Above all that may answer, errors and static files too.
    "csp.middleware.CSPMiddleware",
    "disclosure.errors.ErrorPageMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    # In this order: nobody acts any more whose session has just ended.
    "schools.middleware.IdleTimeoutMiddleware",
    "schools.middleware.ActorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Last, as its documentation asks: it turns a refused sign-in into the lockout page.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "disclosure.urls"
WSGI_APPLICATION = "disclosure.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            # Each lives in the room that it serves.
            "libraries": {
                "report": "disclosure.publishing.tags",
                "answering": "disclosure.findings.tags",
                "adopting": "disclosure.drafting.imports.tags",
                "review": "disclosure.review.tags",
            },
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# --- Data ---------------------------------------------------------------------------------------------------

DATABASES = {"default": _env.database_url}
_database = DATABASES["default"]
_options = _database.setdefault("OPTIONS", {})
if _database["ENGINE"] == "django.db.backends.sqlite3":
    # Readers do not wait for the writer (WAL), a transaction takes the write lock when it begins (no upgrade
    # that fails half-way), and a second writer waits its turn. A commit is on the disk when it is confirmed (FULL):
    # with NORMAL, a power cut takes back what the page has called saved.
    _options |= {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;",
    }
    _database["CONN_MAX_AGE"] = None
else:
    # A connection that broke, as with every restart of the server, is noticed before a request gets it.
    _database["CONN_HEALTH_CHECKS"] = True
    # A server that is away is one that does not answer: a request waits seconds for it, not minutes.
    _database["OPTIONS"] = {
        "connect_timeout": 5,
        "tcp_user_timeout": 15_000,
        "keepalives_idle": 15,
        "keepalives_interval": 5,
        "keepalives_count": 3,
    } | _options
    if _env.database_pool:
        # Tried again for no longer than a request waits: then the next request tries at once, and finds the server
        # back as soon as it is.
        _database["OPTIONS"]["pool"] = {
            "min_size": 1,
            "max_size": _env.database_pool,
            "timeout": 5,
            "reconnect_timeout": 5,
        }
    else:
        _database["CONN_MAX_AGE"] = 60

CACHES = {"default": _env.cache_url}

STORAGES = {
    "default": _env.storage,
    "staticfiles": {"BACKEND": "disclosure.static_storage.HashedStaticFilesStorage"},
}
# A storage that does not answer must not hold the threads that answer readers. For one operation from first to last;
# without a byte; until one that has kept somebody waiting is asked again. All in seconds.
STORAGE_SECONDS = _env.storage_seconds
STORAGE_SILENCE = min(3, STORAGE_SECONDS)
STORAGE_PAUSE = 10
# So many threads of a process may be at the storage, and so many at files of publications, fetching or making them: one
# is always left for pages.
STORAGE_THREADS = max(1, _env.threads // 2)
FILE_THREADS = max(1, _env.threads - 1)

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Addresses carry the hash of the content; one without it may not be kept for long.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# The Chinese fonts are for setting PDF and far too large to be worth a minute of compressing.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("otf", "ttf", "woff", "woff2", "png", "jpg", "gif", "webp", "map", "gz", "br")

# A section holds text and tables: 5 MB is far above the longest real report. The one file at a time is a list that
# an operator imports.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
DATA_UPLOAD_MAX_NUMBER_FILES = 1

TASKS = {
    "default": {
        "BACKEND": {
            "immediate": "django_tasks.backends.immediate.ImmediateBackend",
            "database": "django_tasks_db.DatabaseBackend",
        }[_env.tasks]
    }
}

vars().update(_env.email_url)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _env.mail_from

# The passwords of the demonstration accounts are public: never where the portal is served to the world.
DEMO = _env.demo and not _env.tls

# --- Language and time --------------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- Signing in ---------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "schools.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "schools.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "schools.passwords.UnlikeThePerson"},
]
LOGIN_URL = "accounts:login"
# An invitation arrives by mail and may wait over a weekend and a holiday.
PASSWORD_RESET_TIMEOUT = int(timedelta(days=7).total_seconds())

# The idle timeout is kept by the project's own middleware; this is the longest a session lasts in any case.
IDLE_TIMEOUT = timedelta(minutes=_env.idle_minutes)
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# Five failures for one name from one address close that pair for a quarter of an hour. By the pair, so that
# nobody locks a colleague out from elsewhere, and one school behind one address is not locked out as a whole.
AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "schools.views.accounts.locked_out"
AXES_VERBOSE = False

# --- Safety in the browser ----------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        # No nonce either: the editor's modules import each other by address, not by an import map in the page.
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "schools.access.csrf_failure"
CSRF_TRUSTED_ORIGINS = [SITE_URL]

PROXIES = _env.proxies
if _env.tls:
    # The proxy in front must set X-Forwarded-Proto itself and drop what the visitor sent: docs/operations.md.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    # The health check is asked from inside, over plain HTTP.
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds())
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
# Subdomains and the browsers' preload list bind hosts that are not this portal's to bind.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

# --- Log ----------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "disclosure.middleware.RequestIdFilter"}},
    "formatters": {
        "line": {
            "()": "schools.links.MaskingFormatter",
            "format": "{asctime} {levelname} [{request_id}] {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request_id"]},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "disclosure": {"level": _env.log_level},
        "schools": {"level": _env.log_level},
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # Every scanner's 404 is told of at WARNING; what went wrong here is an ERROR.
        "django.request": {"level": "ERROR"},
        # So is every scanner's invented host name, and with a stack trace.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "django_tasks": {"level": "WARNING"},
        # The subsetting of fonts is told line by line otherwise.
        "fontTools": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
    },
}
