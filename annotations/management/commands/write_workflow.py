"""manage.py write_workflow: write the tables and diagrams of docs/workflow.md anew."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from annotations.core.workflow_page import with_tables


class Command(BaseCommand):
    help = "Write the tables and diagrams of docs/workflow.md from the tables of moves."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        page = Path(settings.BASE_DIR, "docs", "workflow.md")
        page.write_text(with_tables(page.read_text(encoding="utf-8")), encoding="utf-8")
        self.stdout.write(f"{page} is written.")
