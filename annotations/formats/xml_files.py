"""XML from elsewhere and for elsewhere: read without DTD, entities and network; texts that XML 1.0 cannot hold."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import IO, Any, Final
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from lxml import etree  # type: ignore[import-untyped]

from annotations.core.errors import DomainError
from annotations.core.parser_words import parser_words
from annotations.core.wording import _, gettext_noop
from annotations.formats import own_data

IMPOSSIBLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters of our texts that XML 1.0 cannot hold, not even as references."""

CHUNK: Final = 65_536
"""Bytes that are parsed together."""

DEEPEST: Final = 200
"""Elements in one another."""

STAND_IN: Final = "\ufffd"

ALONE: Final = gettext_noop("The file")
"""The key of a file that is no member of an archive."""


class _Tree:
    """Handlers for expat that build elements and queue what happened. Comments and instructions are left out."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.queue: list[tuple[str, Any]] = []
        self._open: list[Any] = []
        self._pending: list[str] = []  # words that are not in the tree yet
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._pending.append

    def _refuse(self, *_given: Any) -> None:
        raise malformed(self.where, _("it has a document type declaration, which could make names stand for others"))

    def _start(self, name: str, given: dict[str, str]) -> None:
        if len(self._open) == DEEPEST:
            raise malformed(self.where, _("its elements are nested deeper than {deepest}").format(deepest=DEEPEST))
        self._place_words()
        values = {_named(key): value for key, value in given.items()}
        if self._open:
            element = etree.SubElement(self._open[-1], _named(name), values)
        else:
            element = etree.Element(_named(name), values)
        self._open.append(element)
        self.queue.append(("start", element))

    def _end(self, _name: str) -> None:
        self._place_words()
        self.queue.append(("end", self._open.pop()))

    def _place_words(self) -> None:
        """After the last child of the element that is open, or as its beginning."""
        if self._pending and self._open:
            element = self._open[-1]
            if len(element):
                element[-1].tail = "".join(self._pending)
            else:
                element.text = "".join(self._pending)
        self._pending.clear()


def events(file: IO[bytes], where: str) -> Iterator[tuple[str, Any]]:
    """("start" or "end", element) as the parser comes by. Raises "malformed"; `where` names the file in a sentence.

    By expat, because libxml2 either refuses an id that is there twice, which joined files have, or loads external DTDs.
    """
    tree = _Tree(where)
    try:
        for chunk in iter(partial(file.read, CHUNK), b""):
            tree.parser.Parse(chunk, False)
            yield from tree.queue
            tree.queue.clear()
        tree.parser.Parse(b"", True)
        yield from tree.queue
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise malformed(where, _("it is no XML ({error})").format(error=parser_words(error))) from None


def _named(name: str) -> str:
    return f"{{{name}" if "}" in name else name


def malformed(where: str, why: str) -> DomainError:
    named = _(ALONE) if where == ALONE else where
    return DomainError("malformed", _("{where} cannot be read: {why}.").format(where=named, why=why))


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
        raise ValueError(_("replaced is no object"))
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
        raise ValueError(_("what is carried is no JSON object"))
    return found
