"""Ranges on a text: what a range quotes, and where a quote is. No storage, no display, no new revisions.

A range is (start, end) in Unicode code points into the canonical text, end exclusive; text[start:end] == exact, always.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

import regex

from annotations.core.errors import DomainError
from annotations.core.near_misses import near_miss
from annotations.core.quote_places import places_of
from annotations.core.shown_quotes import shown
from annotations.core.text import canonical_field
from annotations.core.wording import _

CONTEXT: Final = 32
"""Code points of `prefix` and `suffix`; shorter at the edges of the text."""

MAX_CANDIDATES: Final = 20
"""Candidates that an ambiguous quote lists; `count` still tells how many there are."""

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
    return Anchor(start, end, *slices_at(text, start, end))


def slices_at(text: str, start: int, end: int) -> tuple[str, str, str]:
    """`exact`, `prefix` and `suffix` of a range that is known to lie in the text."""
    return text[start:end], text[start - CONTEXT if start > CONTEXT else 0 : start], text[end : end + CONTEXT]


def check_range(text: str, start: int, end: int) -> None:
    """Raises "range_reversed", "range_empty", "range_outside_text"."""
    if start > end:
        raise DomainError(
            "range_reversed",
            _("The range {start}–{end} ends before it starts. Swap start and end.").format(start=start, end=end),
        )
    if start == end:
        raise DomainError(
            "range_empty",
            _("The range {start}–{end} is empty. Select at least one character.").format(start=start, end=end),
        )
    if start < 0 or end > len(text):
        raise _outside(start, end, len(text))


def check_exact(text: str, start: int, end: int, exact: str) -> None:
    """Refuse a quote that is not the slice; CRLF and CR in `exact` count as LF, because browsers post CRLF.

    Raises "quote_mismatch" and what `anchor_at` and `canonical_field` raise.
    """
    check_range(text, start, end)
    found = text[start:end]
    if canonical_field(exact) != found:
        raise DomainError(
            "quote_mismatch",
            _(
                "The quote {exact} is not what stands at {start}–{end}: {found}. Reload the page and "
                "select again, or send the quote without the range."
            ).format(exact=shown(exact), start=start, end=end, found=shown(found)),
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
        raise DomainError("quote_empty", _("The quote is empty. Send the words to be annotated."))
    # A place of the quote in its context is a place of the whole: one search, and never a wrong context.
    starts = [at + len(prefix) for at in places_of(text, prefix + exact + suffix)]
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
        raise DomainError("fragments_single", _("One fragment is no interruption. Send two or more, or none at all."))
    _check_order(parts)
    if parts[0][0] != start or parts[-1][1] != end:
        raise DomainError(
            "fragments_not_envelope",
            _(
                "The fragments span {first}–{last}, the annotation {start}–{end}. Let the first "
                "fragment begin and the last one end where the annotation does."
            ).format(first=parts[0][0], last=parts[-1][1], start=start, end=end),
        )
    return parts


def grapheme_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """The range widened so that it cuts no character a reader sees as one (an emoji family, a letter with its accents).

    Raises "range_reversed", "range_empty", "range_outside_text".
    """
    check_range(text, start, end)
    return _cluster_at(text, start)[0], _cluster_at(text, end - 1)[1]


def _outside(start: int, end: int, length: int) -> DomainError:
    sentence = (
        _(
            "The range {start}–{end} starts before the text ({length} code points, counted from 0). Reload "
            "the page and select again."
        )
        if start < 0
        else _(
            "The range {start}–{end} ends after the text ({length} code points, counted from 0). Reload "
            "the page and select again."
        )
    )
    return DomainError(
        "range_outside_text", sentence.format(start=start, end=end, length=length), extra={"length": length}
    )


def _check_order(parts: Sequence[tuple[int, int]]) -> None:
    previous_end = parts[0][0]
    for number, (first, last) in enumerate(parts, 1):
        if first >= last:
            raise DomainError(
                "fragment_empty",
                _("Fragment {number}, {first}–{last}, holds no character. Leave it out.").format(
                    number=number, first=first, last=last
                ),
            )
        if first < previous_end:
            raise DomainError(
                "fragments_disordered",
                _(
                    "Fragment {number}, {first}–{last}, begins before {previous_end}, where the one "
                    "before it ends. Send fragments in text order, without overlap."
                ).format(number=number, first=first, last=last, previous_end=previous_end),
            )
        previous_end = last


def _not_found(text: str, exact: str, prefix: str, suffix: str) -> DomainError:
    if (prefix or suffix) and (starts := places_of(text, exact)):
        return DomainError(
            "quote_not_found",
            _(
                "The text has {exact}, but not directly after {prefix} and directly before {suffix}. "
                "Choose one of the candidates, or send the quote without its context."
            ).format(exact=shown(exact), prefix=shown(prefix), suffix=shown(suffix)),
            extra=_candidates(text, exact, starts),
        )
    if not (place := near_miss(text, exact)):
        return DomainError(
            "quote_not_found",
            _("The text does not have {exact}. Copy the words from the text.").format(exact=shown(exact)),
        )
    start, end = place
    return DomainError(
        "quote_not_found",
        _(
            "The text does not have {exact} to the letter. At {start}–{end} it has {found}, which differs "
            "only in white space, quotation marks, dashes or the encoding of accents. Copy the words "
            "from there."
        ).format(exact=shown(exact), start=start, end=end, found=shown(text[start:end])),
        extra={"closest": {"start": start, "end": end, "exact": text[start:end]}},
    )


def _ambiguous(text: str, exact: str, starts: Sequence[int]) -> DomainError:
    return DomainError(
        "quote_ambiguous",
        _(
            "The text has {exact} {count} times in this context. Send more of the words before and after "
            "it, or say which occurrence you mean, counted from 1."
        ).format(exact=shown(exact), count=len(starts)),
        extra=_candidates(text, exact, starts),
    )


def _no_such_occurrence(text: str, exact: str, starts: Sequence[int], occurrence: int) -> DomainError:
    return DomainError(
        "quote_not_found",
        _("Occurrence {occurrence} of {exact} does not exist: the text has {count}, counted from 1.").format(
            occurrence=occurrence, exact=shown(exact), count=len(starts)
        ),
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
