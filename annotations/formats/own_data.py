"""Our own data inside of somebody else's format: what that has no place for, as JSON, checked on its way back.

Shapes are the API's. Whatever is wrong raises ValueError with words that fit behind "Line 3 cannot be read:".
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from annotations.core.wording import _
from annotations.formats.documents import OutgoingDocument

KEPT: Final = (
    "id", "start", "end", "claim", "note", "attributions", "evidence", "verdict", "reviews", "state",
    "version", "author", "assignee", "created", "updated",
)  # fmt: skip
"""Of a row. Labels have places in every format; prefix, suffix and quotes of fragments follow from the text."""

METADATA: Final = ("title", "byline", "outlet", "canonical_url", "published_at", "language")
ORIGIN: Final = ("desk", "article", "revision", "number")
"""Where a document was; nothing is made of it when it comes in."""

UNLABELLED: Final = "unlabelled"
"""What stands where a format wants a label and the annotation has none."""


def own_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """What travels of an annotation; empty values do not."""
    kept = {name: row[name] for name in KEPT if row[name]} | {"start": row["start"]}
    if row["fragments"]:
        kept["fragments"] = [[part["start"], part["end"]] for part in row["fragments"]]
    return kept


def own_document(document: OutgoingDocument) -> dict[str, Any]:
    """What travels of a document beside its text."""
    named = {name: getattr(document, name) for name in (*METADATA, *ORIGIN)}
    return {name: value for name, value in named.items() if value}


def labels_of(row: Mapping[str, Any]) -> Sequence[str]:
    """The labels of an annotation for a format in which each mark must have one."""
    return row["terms"] or [UNLABELLED]


def parts_of(row: Mapping[str, Any]) -> tuple[tuple[int, int], ...]:
    """The ranges of an annotation: its fragments, or the whole."""
    return tuple((part["start"], part["end"]) for part in row["fragments"]) or ((row["start"], row["end"]),)


def own_parts(own: Mapping[str, Any]) -> tuple[tuple[int, int], ...]:
    """The same, of what travelled; () when it says nothing of its place."""
    return fragments_of(own) or ((_pair(own),) if "start" in own else ())


def without_placeholder(labels: Sequence[str]) -> tuple[str, ...]:
    """Each label once, in their order."""
    return tuple(dict.fromkeys(each for each in labels if each != UNLABELLED))


_FIELDS: Final = frozenset({"claim", "note", "attributions", "evidence", "verdict"})


def span_fields(own: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of an IncomingSpan beside its place and labels."""
    if _FIELDS.isdisjoint(own):  # as of most spans
        return {"claim": "", "note": "", "attributions": (), "evidence": (), "verdict": None, "attributes": {}}
    evidence = _objects(own, "evidence", EVIDENCE)
    files = [_file(each) for each in own.get("evidence") or () if not each.get("url") and each.get("file")]
    return {
        "claim": text(own.get("claim"), "claim"),
        "note": text(own.get("note"), "note"),
        "attributions": _objects(own, "attributions", ATTRIBUTION),
        "evidence": tuple(each for each in evidence if each.get("url")) if files else evidence,
        "verdict": _object(own["verdict"], VERDICT, "verdict") if own.get("verdict") is not None else None,
        "attributes": {"evidence": "; ".join(files)} if files else {},
    }


def fragments_of(own: Mapping[str, Any]) -> tuple[tuple[int, int], ...]:
    """The fragments, as [start, end] or {"start", "end"}."""
    return tuple(_pair(part) for part in items(own.get("fragments"), "fragments"))


def metadata_of(own: Any) -> dict[str, str]:
    """Of a document: what it says about its article."""
    if not isinstance(own, Mapping):
        return {}
    found = {name: text(own.get(name), name) for name in METADATA}
    day(own.get("published_at"), "published_at")
    return {name: value for name, value in found.items() if value}


def text(value: Any, name: str) -> str:
    """A text that can be stored; "" for nothing."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(_("{name} is no text").format(name=name))
    if "\0" in value or not (value.isascii() or _has_utf8(value)):
        raise ValueError(_("{name} holds a NUL character or half of a surrogate pair").format(name=name))
    return value


def _has_utf8(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def items(value: Any, name: str) -> Sequence[Any]:
    """A list of anything; () for nothing."""
    if type(value) is list:
        return value
    if value is None:
        return ()
    if not isinstance(value, tuple):
        raise ValueError(_("{name} is no list").format(name=name))
    return value


def objects(value: Any, name: str) -> Sequence[Mapping[str, Any]]:
    """A list of objects; () for nothing."""
    found = items(value, name)
    if not all(isinstance(each, Mapping) for each in found):
        raise ValueError(_("{name} holds something that is no object").format(name=name))
    return found


def texts(value: Any, name: str) -> tuple[str, ...]:
    """A list of texts; () for nothing."""
    return tuple([text(each, name) for each in items(value, name)])


def whole(value: Any, name: str) -> int:
    """An offset."""
    if type(value) is not int:
        raise ValueError(_("{name} is no whole number").format(name=name))
    return value


def day(value: Any, name: str) -> str:
    """A date, as ISO writes it, with a time or without; "" for nothing."""
    written = text(value, name)
    if written:
        _read(dt.date.fromisoformat, written[:10], name)
    return written


def _moment(value: Any, name: str) -> str:
    """A moment in UTC, as ISO writes it; UTC is meant where it names no time zone."""
    written = text(value, name)
    return _read(_in_utc, written, name).isoformat() if written else ""


def _in_utc(written: str) -> dt.datetime:
    """Near the years 1 and 9999 a moment can lie in a year that no calendar of ours has: OverflowError."""
    found = dt.datetime.fromisoformat(written)
    return found.astimezone(dt.UTC) if found.tzinfo else found.replace(tzinfo=dt.UTC)


def _read(reader: Callable[[str], Any], written: str, name: str) -> Any:
    try:
        return reader(written)
    except (ValueError, OverflowError):
        raise ValueError(_("{name} is no date").format(name=name)) from None


def _flag(value: Any, name: str) -> bool:
    if value is not None and not isinstance(value, bool):
        raise ValueError(_("{name} is neither true nor false").format(name=name))
    return bool(value)


def _bounds(value: Any, name: str) -> dict[str, int] | None:
    if value is None:
        return None
    start, end = _pair(value)
    return {"start": start, "end": end}


def _pair(value: Any) -> tuple[int, int]:
    if isinstance(value, Mapping):
        value = [value.get("start"), value.get("end")]
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError(_("ranges are not pairs of start and end"))
    return whole(value[0], "start"), whole(value[1], "end")


Shape = Mapping[str, Callable[[Any, str], Any]]
AXES: Final = ("origin", "identification", "channel", "distance")
ATTRIBUTION: Final[Shape] = {
    **dict.fromkeys(("source", *AXES), text),
    **dict.fromkeys(("source_range", "cue_range"), _bounds),
}
EVIDENCE: Final[Shape] = {
    **dict.fromkeys(("url", "title", "publisher", "quote", "locator", "stance", "tier", "independence_group"), text),
    "unnamed": _flag,
    "retrieved_at": _moment,
}
VERDICT: Final[Shape] = {"term": text, "rationale": text, "as_of": day}


def _objects(own: Mapping[str, Any], name: str, shape: Shape) -> tuple[dict[str, Any], ...]:
    return tuple(_object(each, shape, name) for each in items(own.get(name), name))


def _object(value: Any, shape: Shape, name: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError(_("{name} is no object").format(name=name))
    return {field: read for field, check in shape.items() if (read := check(value.get(field), f"{name}/{field}"))}


def _file(evidence: Mapping[str, Any]) -> str:
    """Evidence that is a file alone, in words: files do not travel."""
    file = _object(evidence["file"], {"name": text, "sha256": text}, "file")
    return f"file {file.get('name', '')} (SHA-256 {file.get('sha256', '')})"
