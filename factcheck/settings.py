"""Every setting, read from the environment and grouped under headings; docs/install.md has the table.

FACTCHECK_ENV says what this installation is. "local" (the default) is one person's machine: plain http on the loopback
address, a random key kept in the data folder, demo data. "production" refuses to start with anything left to chance.
rest.py has the settings of the API.
"""

from datetime import timedelta
from pathlib import Path

from corsheaders.defaults import default_headers
from csp.constants import NONE, SELF

from factcheck import database, environment, production, rest

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(environment.text("FACTCHECK_DATA", str(BASE_DIR / ".data"))).absolute()
PRODUCTION = environment.choice("FACTCHECK_ENV", "local", "production") == "production"

# ── Identity and addresses ──────────────────────────────────────────────────────────────────────────────────────────
DEBUG = environment.flag("DEBUG")
SECRET_KEY = environment.text("SECRET_KEY") or ("" if PRODUCTION else environment.kept_secret(DATA_DIR / "secret_key"))
SECRET_KEY_FALLBACKS = environment.words("SECRET_KEY_FALLBACKS")  # keys before it: see docs/operations.md
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS")
PORT = environment.number("PORT", 8000)
WEB_PROCESSES = environment.number("WEB_PROCESSES", 1, most=64)
WEB_THREADS = environment.number("WEB_THREADS", 16, most=500)
FORWARDED_ALLOW_IPS = environment.text("FORWARDED_ALLOW_IPS", "127.0.0.1")  # whose X-Forwarded-* headers count
KNOWN_DEMO_PASSWORD = "factcheck"  # noqa: S105 (in the README; never loaded in production)
DEMO_PASSWORD = environment.text("DEMO_PASSWORD", KNOWN_DEMO_PASSWORD)

# ── Applications ────────────────────────────────────────────────────────────────────────────────────────────────────
INSTALLED_APPS = [
    "annotations",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "axes",
    "corsheaders",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "procrastinate.contrib.django",
    "rest_framework",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "factcheck.compression.Compression",
    "factcheck.policy.ContentPolicy",
    "factcheck.origins.Origins",
    "annotations.web.languages.Languages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "factcheck.programs.Programs",  # requests to the API that carry a token do not come below this line
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "annotations.web.session.ask_again",
    "annotations.web.zones.in_their_zone",
    "annotations.web.ways_back.explain_wrong_method",
    "annotations.web.first_login.change_password_first",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"
ASGI_APPLICATION = "factcheck.asgi.application"
HTTP_PROTOCOL = "factcheck.connections:Connection"
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
                "annotations.web.texts.context",
            ],
        },
    },
]

# ── Database ────────────────────────────────────────────────────────────────────────────────────────────────────────
DATABASE_URL = environment.text("DATABASE_URL")
DATABASES = {"default": database.from_url(DATABASE_URL) if DATABASE_URL else database.embedded(DATA_DIR / "postgres")}
DATABASE_STANDBY_WAIT = environment.number("DATABASE_STANDBY_WAIT", 1, most=60)  # seconds
if DATABASE_STANDBY_URL := environment.text("DATABASE_STANDBY_URL"):
    DATABASES["standby"] = database.standby(DATABASE_STANDBY_URL, DATABASE_STANDBY_WAIT)
# Used by the server only (factcheck/asgi.py); commands open one connection and need no pool.
DATABASE_POOL = {
    "min_size": 2,
    "max_size": environment.number("DATABASE_POOL_SIZE", WEB_THREADS + 4, least=2, most=1000),
    "timeout": 10,
}
# No connection is kept ready, and none is tried for again and again in the background.
DATABASE_STANDBY_POOL = DATABASE_POOL | {
    "min_size": 0,
    "timeout": DATABASE_STANDBY_WAIT,
    "reconnect_timeout": DATABASE_STANDBY_WAIT,
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ── Accounts and login ──────────────────────────────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "annotations.User"
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "annotations.web.views.lockout.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# ── Security ────────────────────────────────────────────────────────────────────────────────────────────────────────
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_FAILURE_VIEW = "annotations.web.views.expired.form_expired"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # probes ask over plain http
SECURE_HSTS_SECONDS = environment.number("HSTS_SECONDS", 31_536_000, least=0, most=10**9) if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SILENCED_SYSTEM_CHECKS = [
    "security.W021"
]  # joining the browsers' preload list is for the owner of the domain to decide
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# ── Programs in browsers, on other sites ────────────────────────────────────────────────────────────────────────────
# Tokens only: no origin is ever sent cookies, so a page elsewhere can do nothing in the name of whoever looks at it.
CORS_ALLOWED_ORIGINS = environment.words("CORS_ALLOWED_ORIGINS")
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_HEADERS = (*default_headers, "if-match", "if-none-match", "prefer", "slug")
CORS_EXPOSE_HEADERS = (
    "Accept-Post",
    "Allow",
    "Content-Disposition",
    "Content-Location",
    "ETag",
    "Link",
    "Location",
    "Preference-Applied",
    "Retry-After",
)

# ── Limits ──────────────────────────────────────────────────────────────────────────────────────────────────────────
UPLOAD_LIMIT = 20_000_000  # bytes of one uploaded file
# A text of 2,000,000 characters is 8 MB of UTF-8, and three times that when a form percent-encodes it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 25_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000  # larger files wait on disk
FILE_UPLOAD_HANDLERS = [
    "factcheck.uploads.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# ── Background work ─────────────────────────────────────────────────────────────────────────────────────────────────
# Who does it: the server in its own process, or a process of its own, `manage.py procrastinate worker`.
WORKER = environment.choice("WORKER", *(("process", "server") if PRODUCTION else ("server", "process")))
WEBHOOK_ALLOWED_HOSTS = environment.words("WEBHOOK_ALLOWED_HOSTS")  # may be told although they are not public
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": 4, "delete_jobs": "successful", "fetch_job_polling_interval": 5.0}

# ── Language and time ───────────────────────────────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("uk", "Українська"), ("de", "Deutsch")]  # each named in itself
LOCALE_PATHS = [BASE_DIR / "annotations" / "locale"]
LANGUAGE_COOKIE_AGE = 31_536_000  # seconds
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = PRODUCTION
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# ── Static files ────────────────────────────────────────────────────────────────────────────────────────────────────
STATIC_URL = "/static/"
STATIC_ROOT = Path(environment.text("STATIC_ROOT", str(BASE_DIR / "staticfiles"))) if PRODUCTION else None
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = not PRODUCTION  # a local run serves the sources and needs no collectstatic
WHITENOISE_MAX_AGE = 60 if PRODUCTION else 0
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "factcheck.static.HashedFiles"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# ── API ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
REST_FRAMEWORK = rest.FRAMEWORK
SPECTACULAR_SETTINGS = rest.SCHEMA

# ── Log ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"client_errors": {"()": "factcheck.logs.OneLineForClientErrors"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["client_errors"]},
    },
    "loggers": {"django": {"handlers": ["stderr"], "level": "INFO", "propagate": False}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}

if PRODUCTION:
    production.check(secret_key=SECRET_KEY, debug=DEBUG, allowed_hosts=ALLOWED_HOSTS, database_url=DATABASE_URL)
