"""manage.py import_article PATH_OR_URL --desk SLUG: bring one article in."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations import ingest
from annotations.core.errors import DomainError
from annotations.ingest.article import IncomingArticle
from annotations.ingest.fetch import fetch
from annotations.models import Desk, User
from annotations.services.articles import import_article


class Command(BaseCommand):
    help = "Import an article from a file or an address and print its id."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", metavar="PATH_OR_URL")
        parser.add_argument("--desk", required=True, help="slug of the desk that checks the article")
        parser.add_argument("--user", help="user name it is imported by; default: the first who may import on the desk")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            desk = Desk.objects.filter(slug=options["desk"]).first()
            if desk is None:
                known = ", ".join(Desk.objects.values_list("slug", flat=True)) or "none yet"
                raise CommandError(f'There is no desk "{options["desk"]}". Desks: {known}.')
            incoming = _read(options["source"], desk)
            article, _ = import_article(desk_id=desk.pk, actor=_actor(desk, options["user"]), incoming=incoming)
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stderr.write(f"Imported: {article.title}")
        self.stdout.write(str(article.pk))


def _read(source: str, desk: Desk) -> IncomingArticle:
    if source.lower().startswith(("http://", "https://")):
        fetched = fetch(source, allowed_hosts=desk.fetch_hosts)
        return ingest.read(fetched.data, media_type=fetched.media_type, url=fetched.url)
    path = Path(source)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    return ingest.read(data, name=path.name)


def _actor(desk: Desk, username: str | None) -> User:
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
