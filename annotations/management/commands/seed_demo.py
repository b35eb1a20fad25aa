"""manage.py seed_demo: load the demo desks, accounts and articles once."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from annotations.services.demo import load_demo

FOLDER = Path(__file__).resolve().parents[1] / "demo"


class Command(BaseCommand):
    help = "Load the demo desks, accounts and articles, unless they are there already."

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_demo(FOLDER, settings.DEMO_PASSWORD)
        self.stdout.write("Demo loaded." if loaded else "The demo is loaded already.")
