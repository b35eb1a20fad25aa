"""Incoming spans made exact: units to code points, quotes compared, and the bad ones named with their reasons."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from annotations.core.errors import DomainError
from annotations.core.shown_quotes import shown
from annotations.core.wording import _, listed
from annotations.formats.documents import BadSpan, Fragments, IncomingDocument, IncomingSpan, bad_document
from annotations.formats.line_ends import with_line_feeds
from annotations.formats.plain_spans import PlainSpans
from annotations.formats.units import Offsets, Unit

MOST_NAMED: Final = 100
"""Bad spans that a refusal lists."""

BREAKS: Final = "\t-\r\x1c-\x1e\x85\u2028\u2029"
"""What cannot stand in a quote on one line: tabs, and what Python or a browser breaks lines at. For a set of `re`."""

BREAK: Final = re.compile(f"[{BREAKS}]")


def resolved(document: IncomingDocument) -> IncomingDocument:
    """The document in code points, each quote compared, lines ended by LF.

    Raises "malformed", "bad_document", "bad_spans" (extra: document, spans).
    """
    if document.broken:
        raise DomainError("malformed", document.broken)
    _check_text(document)
    offsets = Offsets(document.text, document.unit)
    if _all_stand(document, offsets):
        is_done = document.unit is Unit.CODE_POINTS
        return with_line_feeds(document if is_done else replace(document, unit=Unit.CODE_POINTS))
    found = [_resolved(document.text, offsets, span) for span in document.spans]
    if bad := [each for each in found if isinstance(each, BadSpan)]:
        raise _refusal(document, bad)
    spans = [each for each in found if isinstance(each, IncomingSpan)]
    return with_line_feeds(replace(document, unit=Unit.CODE_POINTS, spans=spans))


@dataclass
class Proposal:
    """Which unit a whole file is in, judged by its quotes. Feed every document, then ask for `unit`."""

    quotes: int = 0
    declared: Unit = Unit.CODE_POINTS
    fits: dict[Unit, int] = field(default_factory=lambda: dict.fromkeys(Unit, 0))
    inclusive: dict[Unit, int] = field(default_factory=lambda: dict.fromkeys(Unit, 0))

    def look_at(self, document: IncomingDocument) -> None:
        """Count in which units the quotes of a document fit."""
        self.declared = document.unit
        quoted = [span for span in document.spans if span.exact is not None]
        self.quotes += len(quoted)
        points = 0, 0
        for unit in Unit:
            offsets = Offsets(document.text, unit)
            found = (
                points if unit is not Unit.CODE_POINTS and offsets.plain else _counts(document.text, offsets, quoted)
            )
            points = found if unit is Unit.CODE_POINTS else points
            self.fits[unit] += found[0]
            self.inclusive[unit] += found[1]

    @property
    def unit(self) -> Unit:
        """The unit in which all quotes fit, the declared one first.

        Raises "unit_unknown" without quotes, "inclusive_ends", "no_unit".
        """
        if not self.quotes:
            raise DomainError("unit_unknown", _("The file quotes nothing, so its unit cannot be told. Declare it."))
        for unit in (self.declared, *Unit):
            if self.fits[unit] == self.quotes:
                return unit
        if self.quotes in self.inclusive.values():
            sentence = _("All ends seem to be inclusive: with each moved by one the quotes fit. Write ends exclusive.")
            raise DomainError("inclusive_ends", sentence)
        counts = listed(_("{count} in {unit}").format(count=self.fits[unit], unit=unit) for unit in Unit)
        raise DomainError(
            "no_unit",
            _("In no unit do all {quotes} quotes fit: {counts}. Correct or declare it.").format(
                quotes=self.quotes, counts=counts
            ),
        )


def quotes_fit(document: IncomingDocument, unit: Unit) -> bool:
    """Whether all quotes of the document stand at their ranges in this unit. Most files are what they say they are."""
    offsets = Offsets(document.text, unit)
    return _all_stand(document, offsets) or all(
        _stands(document.text, offsets, span) or _fits(document.text, offsets, span, 0)
        for span in document.spans
        if span.exact is not None
    )


def proposal(documents: Iterable[IncomingDocument]) -> Proposal:
    """What a file's quotes say about its unit, in one pass."""
    made = Proposal()
    for document in documents:
        made.look_at(document)
    return made


def flattened(text: str, fragments: Fragments) -> str:
    """A quote as one-line formats show it: a space for each line break, and one between fragments."""
    return one_line(joined(text, fragments))


def joined(text: str, fragments: Fragments) -> str:
    """A quote to the letter, with a space between fragments."""
    return " ".join(text[start:end] for start, end in fragments)


def one_line(quote: str) -> str:
    """The quote with a space for each tab and each character that some reader takes for a line break."""
    return BREAK.sub(" ", quote)


def _check_text(document: IncomingDocument) -> None:
    if "\0" in document.text:
        raise bad_document(document.key, _("The text holds a NUL character. Remove it."), code="bad_document")
    if not document.text.strip():
        raise bad_document(document.key, _("The document has no text."), code="bad_document")
    try:
        document.text.encode()
    except UnicodeEncodeError as error:
        reason = _("The text holds half of a surrogate pair at {start}. Repair its encoding.").format(start=error.start)
        raise bad_document(document.key, reason, code="bad_document") from None


def _refusal(document: IncomingDocument, bad: list[BadSpan]) -> DomainError:
    first = bad[0]
    reason = _("{count} of {all} spans are refused. Span {number}: {reason}").format(
        count=len(bad), all=len(document.spans), number=first.number, reason=first.reason
    )
    return bad_document(document.key, reason, code="bad_spans", spans=bad[:MOST_NAMED], count=len(bad))


def _resolved(text: str, offsets: Offsets, span: IncomingSpan) -> IncomingSpan | BadSpan:
    if not span.broken and _stands(text, offsets, span):
        return span
    parts = span.fragments or ((span.start, span.end),)
    reason = span.broken or next(_wrong_ranges(offsets, parts), None)
    if reason is not None and span.exact and _fits(text, offsets, span, 1):
        return _inclusive(span)
    if reason is not None:
        return BadSpan(span.number, "bad_range", reason)
    points = _points(offsets, parts, 0)
    start, end = points[0][0], points[-1][1]
    if any(before[1] > after[0] for before, after in zip(points, points[1:], strict=False)):
        return BadSpan(
            span.number,
            "bad_range",
            _("Its fragments {listed} overlap or are out of order.").format(listed=list(parts)),
        )
    if span.exact is not None and not _fits(text, offsets, span, 0):
        return _mismatch(text, offsets, span, flattened(text, points) if span.flat else text[start:end])
    fragments = points if len(points) > 1 else ()
    return replace(span, start=start, end=end, fragments=fragments, exact=text[start:end], flat=False)


def _stands(text: str, offsets: Offsets, span: IncomingSpan) -> bool:
    """Whether the span is in code points as it is, and quotes what stands there."""
    if not offsets.plain or span.fragments or span.flat or not 0 <= span.start < span.end <= offsets.length:
        return False
    return span.exact == text[span.start : span.end]


def _all_stand(document: IncomingDocument, offsets: Offsets) -> bool:
    """Whether `_stands` is true of every span and none is broken, as in most documents. Without a call for each."""
    text, length = document.text, offsets.length
    if not offsets.plain:
        return False
    if isinstance(document.spans, PlainSpans):
        return document.spans.stand()
    for span in document.spans:
        start, end = span.start, span.end
        if text[start:end] != span.exact or not 0 <= start < end <= length:
            return False
        if span.fragments or span.flat or span.broken:
            return False
    return True


def _wrong_ranges(offsets: Offsets, parts: Fragments) -> Iterator[str]:
    length = offsets.units(offsets.length)
    for start, end in parts:
        if start < 0 or end > length:
            yield _(
                "The range {start}–{end} lies outside of the text, which ends at {length}. Correct it or take it out."
            ).format(start=start, end=end, length=length)
        elif start >= end:
            yield _("The range {start}–{end} is empty or reversed.").format(start=start, end=end)
        elif offsets.code_point(start) is None or offsets.code_point(end) is None:
            yield _("The range {start}–{end} cuts a character in two. Is another unit meant?").format(
                start=start, end=end
            )


def _inclusive(span: IncomingSpan) -> BadSpan:
    reason = _(
        "Its ends seem to be inclusive: its quote {exact} does not stand at {start}–{end}, but at {start}–{after}. "
        "Add one to each end, then send the file again."
    ).format(exact=shown(span.exact or ""), start=span.start, end=span.end, after=span.end + 1)
    return BadSpan(span.number, "inclusive_ends", reason)


def _mismatch(text: str, offsets: Offsets, span: IncomingSpan, found: str) -> BadSpan:
    if _fits(text, offsets, span, 1):
        return _inclusive(span)
    reason = _("It quotes {exact}, but at {start}–{end} stands {found}.").format(
        exact=shown(span.exact or ""), start=span.start, end=span.end, found=shown(found)
    )
    return BadSpan(span.number, "quote_mismatch", reason)


def _fits(text: str, offsets: Offsets, span: IncomingSpan, beyond: int) -> bool:
    """Whether the quote stands at the range, each end moved `beyond`: by one, where ends are inclusive."""
    points = _points(offsets, span.fragments or ((span.start, span.end),), beyond)
    if not points:
        return False
    found = flattened(text, points) if span.flat else text[points[0][0] : points[-1][1]]
    return found == (one_line(span.exact or "") if span.flat else span.exact)


def _counts(text: str, offsets: Offsets, quoted: Sequence[IncomingSpan]) -> tuple[int, int]:
    """How many quotes fit with ends exclusive, and how many of the others with ends inclusive."""
    others = [span for span in quoted if not _fits(text, offsets, span, 0)]
    return len(quoted) - len(others), sum(_fits(text, offsets, span, 1) for span in others)


def _points(offsets: Offsets, parts: Fragments, beyond: int) -> Fragments:
    """The parts in code points; nothing where one does not stand on characters."""
    found = []
    for start, end in parts:
        first, last = offsets.code_point(start), offsets.code_point(end + beyond)
        if first is None or last is None:
            return ()
        found.append((first, last))
    return tuple(found)
