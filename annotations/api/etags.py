"""Entity tags: what a client looked at (If-Match) and what it has already (If-None-Match), by RFC 9110 section 13.1."""

import re
from typing import Protocol

from django.http import HttpRequest

from annotations.core.errors import DomainError
from annotations.core.wording import _

ETAG = re.compile(r'(W/)?("[\x21\x23-\x7e\x80-\xff]*")')
ANY = "*"


class Versioned(Protocol):
    """A row that counts its changes; `etag` is strong and names the version."""

    @property
    def version(self) -> int: ...

    @property
    def etag(self) -> str: ...


def seen_version(request: HttpRequest, row: Versioned) -> int | None:
    """The version the client looked at, for the service to compare under the lock; None when it accepts any ("*").

    Raises "precondition_required" without If-Match, "stale" when none of its tags is the row's: weak tags never are.
    """
    header = request.headers.get("If-Match")
    if header is None:
        raise DomainError(
            "precondition_required",
            _(
                "Send the ETag of what you looked at in an If-Match header, so that nobody's change is "
                "overwritten unseen."
            ),
        )
    if header.strip() == ANY:
        return None
    if row.etag in strong_tags(header):
        return row.version
    raise DomainError(
        "stale",
        _(
            "This was changed since you looked at it, or If-Match names something else; it is now "
            "{etag}. Read it again, then repeat your change."
        ).format(etag=row.etag),
        extra={"version": row.version},
    )


def optional_version(request: HttpRequest, row: Versioned) -> int | None:
    """Like `seen_version` for what may be sent without If-Match: an addition."""
    return seen_version(request, row) if "If-Match" in request.headers else None


def is_known(request: HttpRequest, etag: str) -> bool:
    """Whether If-None-Match says that the client has this very representation. Weak comparison."""
    header = request.headers.get("If-None-Match")
    if header is None:
        return False
    return header.strip() == ANY or etag in [tag for _, tag in _tags(header)]


def strong_tags(header: str) -> list[str]:
    """The strong tags of a list, quotation marks included; none when the list cannot be read."""
    return [tag for weak, tag in _tags(header) if not weak]


def _tags(header: str) -> list[tuple[str, str]]:
    """(weak prefix, tag) of each member. A tag may hold commas, so that the list cannot be split at them."""
    tags, at = [], 0
    while at < len(header):
        if header[at] in " \t,":
            at += 1
        elif found := ETAG.match(header, at):
            tags.append((found[1] or "", found[2]))
            at = found.end()
        else:
            return []
    return tags
