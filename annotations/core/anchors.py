"""Ranges on a text: what a range quotes, and where a quote is. No storage, no display, no new revisions.

A range is (start, end) in Unicode code points into the canonical text, end exclusive; text[start:end] == exact, always.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

import regex

from annotations.core.errors import DomainError
from annotations.core.near_misses import near_miss
from annotations.core.text import canonical_field

CONTEXT: Final = 32
"""Code points of `prefix` and `suffix`; shorter at the edges of the text."""

MAX_CANDIDATES: Final = 20
"""Candidates that an ambiguous quote lists; `count` still tells how many there are."""

SHOWN: Final = 120
"""Characters of a quote that a message shows."""


LONGEST_CLUSTER: Final = 256
"""Code points; letters under a heap of accents stay far below it, and a text of nothing but accents stays cheap."""

CLUSTER: Final = regex.compile(r"\X")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A range with its quote: `prefix` + `exact` + `suffix` is one slice of the text."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


def anchor_at(text: str, start: int, end: int) -> Anchor:
    """The anchor of a range. Raises "range_reversed", "range_empty", "range_outside_text"."""
    check_range(text, start, end)
    return Anchor(start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def check_range(text: str, start: int, end: int) -> None:
    """Raises "range_reversed", "range_empty", "range_outside_text"."""
    if start > end:
        raise DomainError("range_reversed", f"The range {start}–{end} ends before it starts. Swap start and end.")
    if start == end:
        raise DomainError("range_empty", f"The range {start}–{end} is empty. Select at least one character.")
    if start < 0 or end > len(text):
        where = "starts before" if start < 0 else "ends after"
        raise DomainError(
            "range_outside_text",
            f"The range {start}–{end} {where} the text ({len(text)} code points, counted from 0). "
            "Reload the page and select again.",
            extra={"length": len(text)},
        )


def check_exact(text: str, start: int, end: int, exact: str) -> None:
    """Refuse a quote that is not the slice; CRLF and CR in `exact` count as LF, because browsers post CRLF.

    Raises "quote_mismatch" and what `anchor_at` and `canonical_field` raise.
    """
    check_range(text, start, end)
    found = text[start:end]
    if canonical_field(exact) != found:
        raise DomainError(
            "quote_mismatch",
            f"The quote {shown(exact)} is not what stands at {start}–{end}: {shown(found)}. "
            "Reload the page and select again, or send the quote without the range.",
            extra={"sent": exact, "found": found},
        )


def locate(text: str, exact: str, prefix: str = "", suffix: str = "", occurrence: int | None = None) -> Anchor:
    """The one place where `exact` stands, directly after `prefix` and directly before `suffix`.

    `occurrence` (counted from 1, in text order) picks among the places that are left. Overlapping places count:
    "ana" stands twice in "bananas". Case matters: changing case changes lengths.

    Raises "quote_empty"; "quote_not_found", with extra["closest"] {start, end, exact} where only white space, quotation
    marks, dashes or the encoding of accents differ, or extra["candidates"] where only the context differs;
    "quote_ambiguous" with extra["candidates"], the first 20 as anchors, and extra["count"].
    """
    exact, prefix, suffix = canonical_field(exact), canonical_field(prefix), canonical_field(suffix)
    if not exact:
        raise DomainError("quote_empty", "The quote is empty. Send the words to be annotated.")
    # A place of the quote in its context is a place of the whole: one search, and never a wrong context.
    starts = [at + len(prefix) for at in _places(text, prefix + exact + suffix)]
    if not starts:
        raise _not_found(text, exact, prefix, suffix)
    if occurrence is None and len(starts) > 1:
        raise _ambiguous(text, exact, starts)
    if occurrence is not None and not 1 <= occurrence <= len(starts):
        raise _no_such_occurrence(text, exact, starts, occurrence)
    start = starts[(occurrence or 1) - 1]
    return anchor_at(text, start, start + len(exact))


def check_fragments(
    text: str, start: int, end: int, fragments: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    """The parts of a discontinuous annotation, whose envelope is (start, end); none for a continuous one.

    Raises "fragments_single", "fragment_empty", "fragments_disordered", "fragments_not_envelope" and what
    `check_range` raises for the envelope.
    """
    check_range(text, start, end)
    parts = tuple((first, last) for first, last in fragments)
    if not parts:
        return ()
    if len(parts) == 1:
        raise DomainError("fragments_single", "One fragment is no interruption. Send two or more, or none at all.")
    _check_order(parts)
    if parts[0][0] != start or parts[-1][1] != end:
        raise DomainError(
            "fragments_not_envelope",
            f"The fragments span {parts[0][0]}–{parts[-1][1]}, the annotation {start}–{end}. "
            "Let the first fragment begin and the last one end where the annotation does.",
        )
    return parts


def grapheme_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """The range widened so that it cuts no character a reader sees as one (an emoji family, a letter with its accents).

    Raises "range_reversed", "range_empty", "range_outside_text".
    """
    check_range(text, start, end)
    return _cluster_at(text, start)[0], _cluster_at(text, end - 1)[1]


def shown(quote: str) -> str:
    """A quote as messages show it: in quotation marks, its middle left out when it is long."""
    if len(quote) <= SHOWN:
        return f"“{quote}”"
    return f"“{quote[: SHOWN * 3 // 4]} … {quote[-SHOWN // 4 :]}” ({len(quote)} code points)"


def _check_order(parts: Sequence[tuple[int, int]]) -> None:
    previous_end = parts[0][0]
    for number, (first, last) in enumerate(parts, 1):
        if first >= last:
            raise DomainError("fragment_empty", f"Fragment {number}, {first}–{last}, holds no character. Leave it out.")
        if first < previous_end:
            raise DomainError(
                "fragments_disordered",
                f"Fragment {number}, {first}–{last}, begins before {previous_end}, where the one before it ends. "
                "Send fragments in text order, without overlap.",
            )
        previous_end = last


def _places(text: str, quote: str) -> list[int]:
    """Where `quote` begins in `text`, overlapping places included; time is linear even for "aaaa…" in "aaaa…"."""
    places: list[int] = []
    period = 0
    at = text.find(quote)
    while at >= 0:
        places.append(at)
        # Only a quote that overlaps itself can repeat often enough to cost time, so its period is looked for late.
        if not period and len(places) > 1 and at - places[-2] < len(quote):
            period = _period(quote)
        ahead = at + len(quote)
        if period and text.startswith(quote[-period:], ahead):
            at += period
        else:
            at = text.find(quote, at + (period or 1))
    return places


def _period(quote: str) -> int:
    """The smallest shift by which `quote` overlaps itself (its length minus its longest border)."""
    borders = [0] * len(quote)
    border = 0
    for index in range(1, len(quote)):
        while border and quote[index] != quote[border]:
            border = borders[border - 1]
        border += quote[index] == quote[border]
        borders[index] = border
    return len(quote) - border


def _not_found(text: str, exact: str, prefix: str, suffix: str) -> DomainError:
    if (prefix or suffix) and (starts := _places(text, exact)):
        return DomainError(
            "quote_not_found",
            f"The text has {shown(exact)}, but not directly after {shown(prefix)} and directly before {shown(suffix)}. "
            "Choose one of the candidates, or send the quote without its context.",
            extra=_candidates(text, exact, starts),
        )
    if not (place := near_miss(text, exact)):
        return DomainError("quote_not_found", f"The text does not have {shown(exact)}. Copy the words from the text.")
    start, end = place
    return DomainError(
        "quote_not_found",
        f"The text does not have {shown(exact)} to the letter. At {start}–{end} it has {shown(text[start:end])}, which "
        "differs only in white space, quotation marks, dashes or the encoding of accents. Copy the words from there.",
        extra={"closest": {"start": start, "end": end, "exact": text[start:end]}},
    )


def _ambiguous(text: str, exact: str, starts: Sequence[int]) -> DomainError:
    return DomainError(
        "quote_ambiguous",
        f"The text has {shown(exact)} {len(starts)} times in this context. "
        "Send more of the words before and after it, or say which occurrence you mean, counted from 1.",
        extra=_candidates(text, exact, starts),
    )


def _no_such_occurrence(text: str, exact: str, starts: Sequence[int], occurrence: int) -> DomainError:
    return DomainError(
        "quote_not_found",
        f"Occurrence {occurrence} of {shown(exact)} does not exist: the text has {len(starts)}, counted from 1.",
        extra=_candidates(text, exact, starts),
    )


def _candidates(text: str, exact: str, starts: Sequence[int]) -> dict[str, object]:
    listed = [asdict(anchor_at(text, start, start + len(exact))) for start in starts[:MAX_CANDIDATES]]
    return {"candidates": listed, "count": len(starts)}


def _cluster_at(text: str, index: int) -> tuple[int, int]:
    """The grapheme cluster that holds text[index]; one that is longer than LONGEST_CLUSTER may come back cut."""
    # Starting inside a cluster does no harm: clusters fall into step at the next clear break before the index.
    begin = max(0, index - LONGEST_CLUSTER)
    clusters = CLUSTER.finditer(text[begin : index + LONGEST_CLUSTER])
    start, end = next(cluster.span() for cluster in clusters if cluster.end() > index - begin)
    return begin + start, begin + end
