"""Settings of the test suite: the same, but fast, and with its own database server."""

import os

from factcheck import database
from factcheck.settings import *  # noqa: F403
from factcheck.settings import BASE_DIR, DATABASE_URL, DATABASES, REST_FRAMEWORK

SECRET_KEY = "only-for-the-test-suite-0123456789-0123456789-0123456789"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False  # on in tests/operations/test_lockout.py
WHITENOISE_AUTOREFRESH = True  # else every client of a test looks at all static files when it is made
REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] = dict.fromkeys(("login", "read", "write", "export"))
WEBHOOK_ALLOWED_HOSTS = ["localhost:9"]  # nobody listens there
if not DATABASE_URL:
    DATABASES = {"default": database.embedded(BASE_DIR / ".data" / "test", durable=False)}
DATABASES.pop("standby", None)
DATABASES["default"]["TEST"] = {"NAME": f"test_factcheck_{os.getpid()}"}  # two runs side by side do not meet
