"""What commands that bring articles in share: reading a file or an address, and who does it."""

from pathlib import Path

from django.core.management.base import CommandError

from annotations import ingest
from annotations.ingest.article import IncomingArticle
from annotations.ingest.fetch import fetch
from annotations.models import Desk, User


def read_source(source: str, desk: Desk) -> IncomingArticle:
    if source.lower().startswith(("http://", "https://")):
        fetched = fetch(source, allowed_hosts=desk.fetch_hosts)
        return ingest.read(fetched.data, media_type=fetched.media_type, url=fetched.url)
    path = Path(source)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    return ingest.read(data, name=path.name)


def actor_on(desk: Desk, username: str | None) -> User:
    """The named member of the desk, or the first who may import on it."""
    people = User.objects.filter(memberships__desk=desk, memberships__active=True, is_active=True)
    if username:
        person = people.filter(username=username).first()
        if person is None:
            raise CommandError(f'Nobody named "{username}" works on the desk "{desk.slug}".')
        return person
    person = people.filter(memberships__roles__overlap=["checker", "reviewer", "head"]).order_by("id").first()
    if person is None:
        raise CommandError(f'Nobody on the desk "{desk.slug}" may import articles. Name one with --user.')
    return person
