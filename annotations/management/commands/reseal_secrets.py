"""manage.py reseal_secrets: after a change of SECRET_KEY, so that the old one can be forgotten."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.core.errors import DomainError
from annotations.services.sealing import reseal_all


class Command(BaseCommand):
    help = "Seal the secrets of all webhooks under the current SECRET_KEY."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = reseal_all()
        except DomainError as error:
            raise CommandError(error.message) from None
        self.stdout.write(f"{count} {'secret' if count == 1 else 'secrets'} sealed under the current key.")
