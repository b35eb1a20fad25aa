"""Reads settings from the environment; a wrong value is a sentence, never a traceback."""

import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

YES, NO = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def words(name: str, default: str = "") -> list[str]:
    """Values divided by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def flag(name: str) -> bool:
    value = text(name).lower()
    if value not in YES | NO:
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to 1 or 0.")
    return value in YES


def number(name: str, default: int, *, least: int = 1, most: int = 65_535) -> int:
    value = text(name, str(default))
    if not value.isdecimal() or not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to a whole number from {least} to {most}.")
    return int(value)


def choice(name: str, *choices: str) -> str:
    """One of `choices`; the first is the default."""
    value = text(name, choices[0])
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to {' or '.join(choices)}.")
    return value


def rate(name: str, default: str) -> str:
    """So many of something in a span of time: "20/min"."""
    value = text(name, default)
    if not re.fullmatch(r"[1-9][0-9]{0,8}/[smhd][a-z]*", value):
        raise ImproperlyConfigured(
            f"{name} is {value!r}. Set it to a number and s, min, hour or day, such as {default}."
        )
    return value


def kept_secret(file: Path) -> str:
    """A random key that is made once and kept in `file`; kept nowhere when the folder cannot be written."""
    try:
        if file.exists():
            return file.read_text()
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_name(f"{file.name}.{os.getpid()}")
        new.touch(mode=0o600)
        new.write_text(secrets.token_urlsafe(64))
        with suppress(FileExistsError):
            file.hardlink_to(new)  # whole or not at all, also when two processes start at once
        new.unlink()
        return file.read_text()
    except OSError:
        return secrets.token_urlsafe(64)
