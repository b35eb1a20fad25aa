"""What a Web Annotation says of itself and not of the words: kept as it was sent, and sent back with every answer."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from annotations.core.wording import _, gettext_noop
from annotations.formats.text_selectors import check_members, refused

IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]{1,2000}")
MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", re.ASCII)

TEXTS: Final = (str, list)
AGENT: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("id", "email", "email_sha1", "homepage"), str),
    **dict.fromkeys(("type", "name", "nickname"), TEXTS),
}
STYLESHEET: Final[Mapping[str, Any]] = {"id": str, "type": str, "value": str}
AUDIENCE: Final[Mapping[str, Any]] = {"id": str, "type": TEXTS}
TYPES: Final = frozenset({"Person", "Software", "Organization", "Audience", "CssStylesheet"})
"""What the context knows; any other is an IRI."""

SCHEMA: Final = "schema:"
"""The context knows this prefix, so that a reader of JSON-LD keeps what begins with it."""

OBJECTS: Final[Mapping[str, tuple[Mapping[str, Any], str]]] = {
    "generator": (AGENT, gettext_noop("a generator")),
    "audience": (AUDIENCE, gettext_noop("an audience")),
    "stylesheet": (STYLESHEET, gettext_noop("a stylesheet")),
}
MEMBERS: Final[Mapping[str, Any]] = {
    "generator": (dict, list, str),
    "generated": str,
    "rights": TEXTS,
    "audience": (dict, list, str),
    "stylesheet": (dict, str),
}
MOTIVATIONS: Final = frozenset(
    {"bookmarking", "editing", "identifying", "moderating", "questioning", "replying", "reviewing"}
)
"""Reasons that none of our fields says."""


def provenance_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """Of these members what was sent. Raises "not_kept", "malformed"."""
    found = {name: document[name] for name in MEMBERS if name in document}
    for name, value in found.items():
        for number, each in enumerate(value if isinstance(value, list) else [value]):
            _check(name, each, f"/{name}/{number}" if isinstance(value, list) else f"/{name}")
    return found


def iri(value: Any, at: str) -> str:
    """Raises "malformed"; nothing is fine."""
    if value == "" or (isinstance(value, str) and IRI.fullmatch(value)):
        return str(value)
    raise refused(at, "malformed", _("This must be an absolute IRI of at most 2,000 characters."))


def own_motivations(motivations: Sequence[str]) -> list[str]:
    """Those that are kept as they were sent, for no body gives them."""
    return [each for each in motivations if each in MOTIVATIONS]


def _check(name: str, value: Any, at: str) -> None:
    if name == "generated":
        if not MOMENT.fullmatch(value):
            raise refused(at, "malformed", _("A moment is written as 2026-01-31T12:00:00Z."))
    elif isinstance(value, dict) and name in OBJECTS:
        known, what = OBJECTS[name]
        check_members({key: each for key, each in value.items() if not key.startswith(SCHEMA)}, known, at, what)
        for key, each in value.items():
            _check_texts(key, each, f"{at}/{key}")
    else:
        iri(value or None, at)


def _check_texts(name: str, value: Any, at: str) -> None:
    texts = value if isinstance(value, list) else [value]
    if not all(isinstance(each, str) for each in texts):
        raise refused(at, "malformed", _("This must be a text, or a list of texts."))
    for each in texts:
        if name in ("id", "homepage") or (name == "type" and each not in TYPES):
            iri(each or None, at)
