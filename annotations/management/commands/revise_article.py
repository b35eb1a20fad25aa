"""manage.py revise_article ARTICLE PATH_OR_URL: bring in new copy of an article."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from annotations.core.errors import DomainError
from annotations.management.sources import actor_on, read_source
from annotations.models import Article
from annotations.queries.carry_over import carry_over_row, placements_into
from annotations.services.revisions import revise_article


class Command(BaseCommand):
    help = "Bring in new copy of an article from a file or an address, and say what became of its annotations."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("article", type=UUID, help="id of the article")
        parser.add_argument("source", metavar="PATH_OR_URL")
        parser.add_argument("--user", help="who brings it in; default: the first who may import on the desk")

    def handle(self, *args: Any, **options: Any) -> None:
        article = Article.objects.select_related("desk").filter(pk=options["article"]).first()
        if article is None:
            raise CommandError(f"There is no article {options['article']}.")
        try:
            incoming = read_source(options["source"], article.desk)
            actor = actor_on(article.desk, options["user"])
            revision, fresh = revise_article(article_id=article.pk, actor=actor, incoming=incoming)
        except DomainError as error:
            raise CommandError(error.message) from error
        if not fresh:
            self.stdout.write(f"This is the text of revision {revision.number} already. Nothing was changed.")
            return
        report = carry_over_row(revision, list(placements_into(revision)))
        counts = ", ".join(f"{count} {outcome}" for outcome, count in report["counts"].items())
        self.stdout.write(f"Revision {revision.number}: {counts}; {report['undecided']} wait for a decision.")
