"""Selectors of the W3C Web Annotation model, looked up in a text: each gives one range of it, or the reason why not.

Source: https://www.w3.org/TR/annotation-model/#selectors. Ranges are (start, end) in code points, end exclusive: what
the model counts too. Several selectors are alternatives for the same segment, so that they must agree.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from annotations.core.anchors import check_exact, check_range, locate
from annotations.core.errors import DomainError, FieldError
from annotations.core.shown_quotes import shown
from annotations.core.text import canonical_field
from annotations.core.wording import _

Span = tuple[int, int]

CHARACTERS: Final = re.compile(r"char=(?!,$)([0-9]{0,10}),([0-9]{0,10})", re.ASCII)
RFC_5147: Final = re.compile(r"https?://\S+/rfc5147(\.txt|\.html)?/?", re.IGNORECASE)
QUOTE: Final = "TextQuoteSelector"


def span_of(selector: Any, text: str, at: str) -> Span:
    """The range that a selector, or each of a list of them, selects. `at` is the JSON pointer to it.

    Raises "not_kept" for what selects no text here, "selectors_disagree", "malformed", and what `anchors` raises.
    """
    selectors = selector if isinstance(selector, list) else [selector]
    if not selectors:
        raise refused(at, "required", _("Say which words are meant: send a selector."))
    found: dict[str, Span] = {}
    # A quote beside an exact selector need not be the only place that reads so: it is looked at last.
    for number, each in sorted(enumerate(selectors), key=lambda pair: _is_bare_quote(pair[1])):
        where = f"{at}/{number}" if isinstance(selector, list) else at
        known = next(iter(found.values()), None)
        found[where] = _span(each, text, where, known if _is_bare_quote(each) else None)
    _agreeing(found, at)
    return found.popitem()[1]


def refused(at: str, code: str, sentence: str) -> DomainError:
    return DomainError(code, sentence, errors=[FieldError(at, code, sentence)])


def check_members(document: Any, known: Mapping[str, type | tuple[type, ...]], at: str, what: str) -> None:
    """Raises "malformed" for a member of the wrong type, "not_kept" for one that we have no place for.

    `what` is English and marked for the catalogue, or the name of a kind of the model with its article.
    """
    if not isinstance(document, dict):
        raise refused(at, "malformed", _("{what} must be an object.").format(what=_(what)))
    for name, value in document.items():
        if name not in known:
            listed = ", ".join(sorted(known))
            raise refused(
                f"{at}/{name}",
                "not_kept",
                _('"{name}" of {what} cannot be kept here. What can be kept: {listed}.').format(
                    name=name, what=_(what), listed=listed
                ),
            )
        if not isinstance(value, known[name]) or isinstance(value, bool):
            raise refused(
                f"{at}/{name}", "malformed", _('"{name}" of {what} has the wrong type.').format(name=name, what=_(what))
            )


def _is_bare_quote(selector: Any) -> bool:
    return isinstance(selector, dict) and selector.get("type") == QUOTE and "refinedBy" not in selector


def _span(selector: Any, text: str, at: str, known: Span | None) -> Span:
    kind = selector.get("type") if isinstance(selector, dict) else None
    if not isinstance(kind, str) or kind not in KINDS:
        raise _unknown_kind(kind, at)
    members, read = KINDS[kind]
    what = _("a {kind}").format(kind=kind)
    check_members(selector, {"type": str, "refinedBy": (dict, list), **members}, at, what)
    with _pointing_at(at):
        start, end = _checked_quote(selector, text, at, known) if known else read(selector, text, at)
    if "refinedBy" not in selector:
        return start, end
    inner = span_of(selector["refinedBy"], text[start:end], f"{at}/refinedBy")
    return start + inner[0], start + inner[1]


def _position(selector: dict[str, Any], text: str, at: str) -> Span:
    span = _required(selector, "start", at), _required(selector, "end", at)
    check_range(text, *span)
    return span


def _quote(selector: dict[str, Any], text: str, at: str) -> Span:
    anchor = locate(text, _required(selector, "exact", at), selector.get("prefix", ""), selector.get("suffix", ""))
    return anchor.start, anchor.end


def _checked_quote(selector: dict[str, Any], text: str, at: str, span: Span) -> Span:
    """The range that is known already, if it is what the quote and its surroundings say."""
    check_exact(text, *span, _required(selector, "exact", at))
    before, after = canonical_field(selector.get("prefix", "")), canonical_field(selector.get("suffix", ""))
    if not text.endswith(before, 0, span[0]) or not text.startswith(after, span[1]):
        sentence = _("The words at {start}–{end} do not stand directly after {before} and directly before {after}.")
        raise DomainError(
            "quote_mismatch",
            sentence.format(start=span[0], end=span[1], before=shown(before), after=shown(after)),
        )
    return span


def _fragment(selector: dict[str, Any], text: str, at: str) -> Span:
    """The char scheme of RFC 5147: positions between characters, a line break being one of them."""
    value, rules = _required(selector, "value", at), selector.get("conformsTo")
    found = CHARACTERS.fullmatch(value)
    if found is None or (rules is not None and not RFC_5147.fullmatch(rules)):
        raise DomainError(
            "not_kept",
            _(
                'The fragment "{value}" cannot be looked up in plain text. Send char=start,end as RFC '
                "5147 has it, without length and checksum, or another selector."
            ).format(value=value),
        )
    span = int(found[1] or 0), int(found[2] or len(text))
    check_range(text, *span)
    return span


def _range(selector: dict[str, Any], text: str, at: str) -> Span:
    """From the beginning of the first selector's words to the beginning of the second one's, as the model says."""
    start = span_of(_required(selector, "startSelector", at), text, f"{at}/startSelector")[0]
    end = span_of(_required(selector, "endSelector", at), text, f"{at}/endSelector")[0]
    check_range(text, start, end)
    return start, end


KINDS: Final[Mapping[str, tuple[dict[str, Any], Callable[[dict[str, Any], str, str], Span]]]] = {
    "TextPositionSelector": ({"start": int, "end": int}, _position),
    QUOTE: ({"exact": str, "prefix": str, "suffix": str}, _quote),
    "FragmentSelector": ({"value": str, "conformsTo": str}, _fragment),
    "RangeSelector": ({"startSelector": (dict, list), "endSelector": (dict, list)}, _range),
}


def _required(selector: dict[str, Any], name: str, at: str) -> Any:
    if name not in selector:
        raise refused(
            f"{at}/{name}", "required", _('A {selector} needs "{name}".').format(selector=selector["type"], name=name)
        )
    return selector[name]


def _unknown_kind(kind: Any, at: str) -> DomainError:
    sentence = (
        _("A {kind} selects nothing in the plain text that annotations lie on here. Send one of: {listed}.")
        if isinstance(kind, str)
        else _(
            "A selector without a type selects nothing in the plain text that annotations lie on here. Send one of: "
            "{listed}."
        )
    )
    return refused(f"{at}/type" if kind else at, "not_kept", sentence.format(kind=kind, listed=", ".join(KINDS)))


def _agreeing(found: Mapping[str, Span], at: str) -> None:
    if len(set(found.values())) > 1:
        listed = ", ".join(f"{start}–{end}" for start, end in found.values())
        raise refused(
            at,
            "selectors_disagree",
            _(
                "Selectors of one target are alternatives for the same words, but these select {listed}. "
                "Send a target for each part."
            ).format(listed=listed),
        )


@contextmanager
def _pointing_at(at: str) -> Iterator[None]:
    """The rules of texts know no documents; here it is known which selector they are about."""
    try:
        yield
    except DomainError as error:
        errors = error.errors or [FieldError(at, error.code, error.message)]
        raise DomainError(error.code, error.message, errors=errors, extra=error.extra) from error
