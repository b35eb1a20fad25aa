"""What lets a page watch its article: the address of the stream, signed for one person and a short while.

factcheck/events.py serves the stream beside Django and asks nobody but this signature.
"""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.core import signing
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from annotations.models import Article, User

SALT: Final = "factcheck.live"
TOKEN_SECONDS: Final = 600
"""How long a token opens streams. Who has lost a desk meanwhile hears that something happens there, not what."""


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who may watch which article, and under which name the others see them."""

    article: UUID
    person: UUID
    name: str


def stream_url(user: User, article: Article) -> str:
    token = signing.dumps([article.pk.hex, user.pk.hex, str(user)], salt=SALT, compress=True)
    return f"{reverse('annotations:events', args=(article.pk,))}?token={token}"


def stream_html(user: User, article: Article) -> SafeString:
    """Opens the stream where it appears; what it says is an event there."""
    html = '<div id="live-stream" hx-sse:connect="{}" hx-swap="none"></div>'
    return format_html(html, stream_url(user, article))


def watcher_of(token: str) -> Watcher | None:
    """Whom the token is for; None when it is not ours or too old."""
    try:
        article, person, name = signing.loads(token, salt=SALT, max_age=TOKEN_SECONDS)
    except signing.BadSignature:
        return None
    return Watcher(UUID(article), UUID(person), name)


def live_context(user: User, article: Article) -> dict[str, Any]:
    """For templates/annotations/articles/_live.html."""
    return {"stream": stream_html(user, article), "since": getattr(article, "last_event", None) or 0}
