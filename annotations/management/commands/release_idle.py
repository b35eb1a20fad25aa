"""manage.py release_idle: give back to the pool what was assigned and left untouched for too long."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from annotations.services.assignments import release_idle


class Command(BaseCommand):
    help = "Give back what lay untouched for longer than its desk allows. The worker does this every ten minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        count = release_idle(timezone.now())
        if options["verbosity"]:
            self.stdout.write(f"{count} {'annotation' if count == 1 else 'annotations'} given back to the pool.")
