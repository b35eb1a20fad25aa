"""What stands at the address of a piece of evidence, asked of its server at this moment."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import ingest
from annotations.core.errors import DomainError
from annotations.ingest.fetch import fetch
from annotations.models import Desk


@dataclass(frozen=True, slots=True)
class SourceFacts:
    title: str
    publisher: str
    retrieved_at: dt.datetime


def source_facts(desk: Desk, url: str) -> SourceFacts:
    """From public hosts, and those that the desk allows. Raises the codes of ingest.fetch and ingest, "no_title"."""
    if not url.strip():
        raise DomainError("no_address", _("Write the address first."))
    fetched = fetch(url.strip(), allowed_hosts=desk.fetch_hosts)
    found = ingest.read_facts(fetched.data, media_type=fetched.media_type, url=fetched.url)
    if not found.title:
        raise DomainError("no_title", _("The page does not say its title. Type it."))
    return SourceFacts(found.title, found.outlet, timezone.now().replace(microsecond=0))
