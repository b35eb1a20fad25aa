"""Articles as clients send them: a new one from text, HTML, an address or a file; corrections of what is known."""

from typing import Any

from rest_framework import serializers

from annotations.api.fields import Day, Identifier, Text
from annotations.api.writers.base import READ_ONLY, Writer
from annotations.api.writers.parts import CLIENT_ID
from annotations.core.wording import gettext_noop

SOURCES = ("text", "html", "url", "file")
FIXED = dict.fromkeys(("version", "created", "updated"), READ_ONLY)
STATE = gettext_noop("The state is not set by writing it.")
FROZEN = gettext_noop("A text is never edited. New copy is a new revision.")


class MetadataWriter(Writer):
    """What is sent wins over what is found in the source."""

    title = Text(required=False, help_text="When empty: found in the source, else the first words.")
    byline = Text(required=False)
    outlet = Text(required=False)
    canonical_url = Text(required=False, help_text="http or https.")
    published_at = Day(required=False, allow_null=True, help_text="A date; of a date and time the date is taken.")
    language = Text(required=False, help_text="BCP 47, such as en or uk.")


class RevisionWriter(Writer):
    """Send exactly one of `text`, `html` and `url`."""

    refused = {"file": gettext_noop("A file is uploaded as multipart/form-data.")}
    text = Text(
        required=False, help_text="Plain text. CRLF and CR become LF, one leading BOM is dropped, nothing else changes."
    )
    html = Text(required=False, help_text="An HTML page; the article is taken out of it.")
    url = Text(required=False, help_text="Fetched by the server, if the address is public.")


class RevisionFormWriter(RevisionWriter):
    """The same as multipart/form-data; send exactly one of `text`, `html`, `url` and `file`."""

    refused = {}
    file: Any = serializers.FileField(required=False, allow_empty_file=True, help_text="Plain text, HTML, DOCX or PDF.")


class ArticleWriter(MetadataWriter, RevisionWriter):
    """Send exactly one of `text`, `html` and `url`."""

    refused = {**FIXED, "state": STATE, "revision": READ_ONLY, **RevisionWriter.refused}
    id = Identifier(required=False, help_text=CLIENT_ID)
    desk = Text(help_text="Slug or id of the desk.")


class ArticleFormWriter(ArticleWriter):
    """The same as multipart/form-data; send exactly one of `text`, `html`, `url` and `file`."""

    refused = {name: why for name, why in ArticleWriter.refused.items() if name != "file"}
    file: Any = serializers.FileField(required=False, allow_empty_file=True, help_text="Plain text, HTML, DOCX or PDF.")


class ArticleChangesWriter(MetadataWriter):
    """What is left out stays as it is. The text is never edited: new copy is a new revision."""

    refused = {
        **FIXED,
        "state": STATE,
        "id": READ_ONLY,
        "desk": gettext_noop("An article stays on its desk."),
        **dict.fromkeys(("revision", *SOURCES), FROZEN),
    }
