"""XML from elsewhere and for elsewhere: read without DTD, entities and network; texts that XML 1.0 cannot hold."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import IO, Any, Final
from xml.sax.saxutils import quoteattr

from lxml import etree

from annotations.core.errors import DomainError
from annotations.formats import own_data

IMPOSSIBLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters of our texts that XML 1.0 cannot hold, not even as references."""

STAND_IN: Final = "\ufffd"


def events(file: IO[bytes], where: str) -> Iterator[tuple[str, Any]]:
    """("start" or "end", element) as the parser comes by. Raises "malformed"; `where` names the file in a sentence."""
    safe = {"resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False}
    try:
        parser = etree.iterparse(file, events=("start", "end"), remove_comments=True, remove_pis=True, **safe)
        for number, (event, element) in enumerate(parser):
            if number == 0 and element.getroottree().docinfo.doctype:
                raise malformed(where, "it has a document type declaration, which could make names stand for anything")
            yield event, element
    except (etree.XMLSyntaxError, LookupError) as error:
        raise malformed(where, f"it is no XML ({' '.join(str(error).split())})") from None


def malformed(where: str, why: str) -> DomainError:
    return DomainError("malformed", f"{where} cannot be read: {why}.")


def attributes(values: Mapping[str, Any]) -> str:
    """Names and values as they stand in a tag, each with a space in front. Tabs and line breaks survive."""
    return "".join(f" {name}={quoteattr(str(value))}" for name, value in values.items())


def possible(text: str) -> str:
    """The text with U+FFFD for each character that XML cannot hold: lengths stay."""
    return IMPOSSIBLE.sub(STAND_IN, text)


def replaced(text: str) -> dict[str, int]:
    """The characters that `possible` replaces, by their places in code points."""
    return {str(match.start()): ord(match[0]) for match in IMPOSSIBLE.finditer(text)}


def restored(text: str, lost: Any) -> str:
    """The text as it was, where its stand-ins still are. Raises ValueError for what `replaced` does not give."""
    if not lost:
        return text
    if not isinstance(lost, Mapping):
        raise ValueError("replaced is no object")
    characters = list(text)
    for place, code in lost.items():
        at = int(place)
        if 0 <= at < len(characters) and characters[at] == STAND_IN and 0 <= own_data.whole(code, "replaced") < 0x10000:
            characters[at] = chr(code) if IMPOSSIBLE.fullmatch(chr(code)) else STAND_IN
    return "".join(characters)


def carried_json(value: Any) -> str:
    """JSON that XML can hold: what it cannot hold is escaped."""
    return IMPOSSIBLE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))


def carried(written: str) -> dict[str, Any]:
    """What `carried_json` wrote; {} for nothing. Raises ValueError."""
    try:
        found = json.loads(written) if written.strip() else {}
    except RecursionError:
        found = None
    if not isinstance(found, dict):
        raise ValueError("what is carried is no JSON object")
    return found
