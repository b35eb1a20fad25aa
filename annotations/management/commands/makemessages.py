"""Django's makemessages, with catalogues that change only where texts do: sorted, without a date, nothing guessed."""

import re
from pathlib import Path
from typing import Final

from django.core.management.commands import makemessages

DATE: Final = re.compile(r'^"POT-Creation-Date: .*"\n', re.MULTILINE)


class Command(makemessages.Command):
    """Texts that are new come in untranslated, never with the translation of a similar one."""

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--sort-output", "--no-fuzzy-matching"]

    def write_po_file(self, potfile: str, locale: str) -> None:
        super().write_po_file(potfile, locale)
        path = Path(potfile).parent / locale / "LC_MESSAGES" / f"{self.domain}.po"
        path.write_text(DATE.sub("", path.read_text()))
