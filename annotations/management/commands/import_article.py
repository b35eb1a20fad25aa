"""manage.py import_article PATH_OR_URL --desk SLUG: bring one article in."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.core.errors import DomainError
from annotations.management.sources import actor_on, read_source
from annotations.models import Desk
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
            incoming = read_source(options["source"], desk)
            article, _ = import_article(desk_id=desk.pk, actor=actor_on(desk, options["user"]), incoming=incoming)
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stderr.write(f"Imported: {article.title}")
        self.stdout.write(str(article.pk))
