"""manage.py export_verdicts --format F: what the API exports, for whoever sits at the server."""

import datetime as dt
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware

from annotations.core.states import AnnotationState
from annotations.formats.gzip_stream import gzipped
from annotations.models import Article, Desk
from annotations.queries.export_files import FORMATS, export_file
from annotations.queries.export_rows import Export

ALL = "all"


class Command(BaseCommand):
    help = "Write annotations with their verdicts to a file or to standard output, as one moment of the database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=FORMATS, default="jsonl")
        parser.add_argument("--desk", help="slug; default: all desks")
        parser.add_argument("--article", help="id of one article")
        parser.add_argument("--state", action="append", choices=[*AnnotationState, ALL], help="default: signed_off")
        parser.add_argument("--since", help="changed at or after this moment, ISO 8601; UTC without an offset")
        parser.add_argument("--site", default=f"http://127.0.0.1:{settings.PORT}/", help="address of the site")
        parser.add_argument("--output", type=Path, help="a file, in gzip if it ends in .gz; default: standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        pieces = export_file(_export(options), options["format"], options["site"].rstrip("/") + "/")
        if options["output"] is None:
            self._print(pieces)
            return
        try:
            with options["output"].open("wb") as file:
                file.writelines(gzipped(pieces) if options["output"].suffix == ".gz" else pieces)
        except OSError as error:
            raise CommandError(f"{options['output']} cannot be written: {error.strerror}.") from error

    def _print(self, pieces: Iterable[bytes]) -> None:
        """To standard output as it is, or as text where something else stands in for it."""
        output = getattr(self.stdout, "buffer", None)
        for piece in pieces:
            if output is not None:
                output.write(piece)
            else:
                self.stdout.write(piece.decode(), ending="")


def _export(options: dict[str, Any]) -> Export:
    articles = Article.objects.all()
    if options["desk"]:
        desk = Desk.objects.filter(slug=options["desk"]).first()
        if desk is None:
            known = ", ".join(Desk.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f'There is no desk "{options["desk"]}". Desks: {known}.')
        articles = articles.filter(desk=desk)
    if options["article"]:
        articles = articles.filter(pk=_article(options["article"]))
    states = options["state"] or [AnnotationState.SIGNED_OFF]
    return Export(articles, () if ALL in states else states, _moment(options["since"]))


def _article(value: str) -> UUID:
    try:
        key = UUID(value)
    except ValueError:
        key = None
    if key is None or not Article.objects.filter(pk=key).exists():
        raise CommandError(f'There is no article "{value}".')
    return key


def _moment(value: str | None) -> dt.datetime | None:
    if value is None:
        return None
    try:
        moment = parse_datetime(value)
    except ValueError:  # it has the form, but names no moment
        moment = None
    if moment is None:
        raise CommandError(f'"{value}" is no moment. Write it as 2026-01-31T12:00:00Z.')
    return make_aware(moment) if is_naive(moment) else moment
