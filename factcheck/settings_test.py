"""Settings of the test suite: the same, but fast, and with its own database server."""

from factcheck import database
from factcheck.settings import *  # noqa: F403
from factcheck.settings import BASE_DIR, DATABASE_URL, DATABASES

SECRET_KEY = "only-for-the-test-suite-0123456789-0123456789-0123456789"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False
if not DATABASE_URL:
    DATABASES = {"default": database.embedded(BASE_DIR / ".data" / "test", durable=False)}
