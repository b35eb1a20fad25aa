"""manage.py verify_history: is every event what was written?"""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from annotations.models import Desk
from annotations.services.verification import verify_history


class Command(BaseCommand):
    help = "Recompute the chain of events of each desk; exit code 1 when one is broken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--desk", help="slug of one desk; default: all")

    def handle(self, *args: Any, **options: Any) -> None:
        desks = Desk.objects.order_by("slug")
        if options["desk"]:
            desks = desks.filter(slug=options["desk"])
        broken = False
        for desk in desks:
            found = verify_history(desk)
            broken = broken or bool(found.broken)
            outcome = f"broken: {found.broken}" if found.broken else f"intact, {found.events} events"
            self.stdout.write(f"{desk.slug}: {outcome}")
        if broken:
            sys.exit(1)
