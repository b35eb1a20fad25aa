"""manage.py import_annotations FORMAT PATH --desk SLUG: bring texts with annotations in."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.core.errors import DomainError
from annotations.formats.readers import READERS, Reading
from annotations.formats.units import Unit
from annotations.management.sources import actor_on
from annotations.models import Desk
from annotations.services.imports import Options, import_file


class Command(BaseCommand):
    help = "Import texts with annotations from a file and print a report as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("format", choices=sorted(READERS))
        parser.add_argument("path", type=Path)
        parser.add_argument("--desk", required=True, help="slug of the desk that checks the articles")
        parser.add_argument("--user", help="user name they are imported by; default: the first who may import there")
        parser.add_argument("--unit", choices=[str(unit) for unit in Unit], help="what offsets count; default: told")
        parser.add_argument("--keep-labels", action="store_true", help="put labels that are no terms into the note")
        parser.add_argument("--dry-run", action="store_true", help="check everything, keep nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        desk = Desk.objects.filter(slug=options["desk"]).first()
        if desk is None:
            raise CommandError(f'There is no desk "{options["desk"]}".')
        unit = Unit(options["unit"]) if options["unit"] else None
        chosen = Options(unit=unit, keep_labels=options["keep_labels"], dry_run=options["dry_run"])
        try:
            with options["path"].open("rb") as file:
                actor = actor_on(desk, options["user"])
                documents = Reading(options["format"], file)
                report = import_file(desk_id=desk.pk, actor=actor, documents=documents, options=chosen)
        except DomainError as error:
            raise CommandError(error.message) from error
        except OSError as error:
            raise CommandError(f"{options['path']} cannot be read: {error.strerror}.") from error
        self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
