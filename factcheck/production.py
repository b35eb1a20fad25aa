"""What FACTCHECK_ENV=production refuses to start with, and the sentence for each."""

from django.core.exceptions import ImproperlyConfigured

SHORTEST_KEY = 50
MAKE_KEY = "python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"


def check(*, secret_key: str, debug: bool, allowed_hosts: list[str], database_url: str) -> None:
    """Raise ImproperlyConfigured with one sentence for the first thing that is left to chance."""
    if debug:
        raise ImproperlyConfigured("DEBUG must be off when FACTCHECK_ENV is production. Unset it.")
    if len(secret_key) < SHORTEST_KEY or len(set(secret_key)) < 10 or secret_key.startswith("django-insecure"):
        raise ImproperlyConfigured(
            f"SECRET_KEY must be {SHORTEST_KEY} random characters or more when FACTCHECK_ENV is production. "
            f"Make one with: {MAKE_KEY}"
        )
    if not allowed_hosts or "*" in allowed_hosts:
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS must name the site when FACTCHECK_ENV is production, such as facts.example.org."
        )
    if not database_url:
        raise ImproperlyConfigured(
            "DATABASE_URL must name a PostgreSQL when FACTCHECK_ENV is production. "
            "Give it as postgresql://user:password@host:5432/database."
        )
