"""The lines between "---" at the top of a Markdown file, which declare title, author, date, language and address."""

import re
from collections.abc import Sequence
from typing import Final

from annotations.ingest.dates import whole_date
from annotations.ingest.found import Found
from annotations.ingest.language import short_code

MOST_FRONT_MATTER: Final = 100
"""Lines."""

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?P<lines>.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"(?P<key>[A-Za-z_][\w-]{0,40})[ \t]*:(?:[ \t]+(?P<value>.*))?")
_TITLE_KEYS: Final = ("title", "headline")
_BYLINE_KEYS: Final = ("author", "authors", "byline")
_OUTLET_KEYS: Final = ("outlet", "publication", "publisher", "site", "sitename", "source")
_DATE_KEYS: Final = ("date", "published", "published_at", "publishdate", "pubdate")
_LANGUAGE_KEYS: Final = ("lang", "language", "locale")
_URL_KEYS: Final = ("url", "canonical", "canonical_url", "link", "original_url", "source")


def front_matter(text: str) -> tuple[Found, str]:
    """What the lines between "---" at the top declare, and the text below; only "key: value" and lists are read."""
    match = _FRONT_MATTER.match(text)
    lines = (match["lines"] or "").split("\n") if match else []
    fields = _fields(lines) if len(lines) <= MOST_FRONT_MATTER else {}
    if not match or not fields:
        return Found(), text
    url = _first(fields, _URL_KEYS)
    outlet = _first(fields, _OUTLET_KEYS)
    return (
        Found(
            title=_first(fields, _TITLE_KEYS),
            byline=_first(fields, _BYLINE_KEYS),
            outlet="" if "://" in outlet else outlet,
            canonical_url=url if url.startswith(("http://", "https://")) else "",
            published_at=whole_date(_first(fields, _DATE_KEYS).partition("T")[0])[1],
            language=short_code(_first(fields, _LANGUAGE_KEYS)),
        ),
        text[match.end() :],
    )


def _fields(lines: Sequence[str]) -> dict[str, str]:
    """Empty where a line is neither "key: value" nor an item of a list: then it is no front matter but a text."""
    fields: dict[str, str] = {}
    key = ""
    for line in filter(str.strip, lines):
        match = _FIELD.fullmatch(line)
        if match:
            key = match["key"].lower()
            fields[key] = _plain_value(match["value"] or "")
        elif key and line.lstrip().startswith("- "):
            item = _plain_value(line.lstrip()[2:])
            fields[key] = f"{fields[key]}, {item}" if fields[key] else item
        elif not line.startswith((" ", "\t", "#")):
            return {}
    return fields


def _plain_value(value: str) -> str:
    bare = value.strip()
    if bare.startswith("[") and bare.endswith("]"):
        return ", ".join(_plain_value(item) for item in bare[1:-1].split(","))
    return bare[1:-1] if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "\"'" else bare


def _first(fields: dict[str, str], keys: Sequence[str]) -> str:
    return next((fields[key] for key in keys if fields.get(key)), "")
