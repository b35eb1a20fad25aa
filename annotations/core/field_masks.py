"""Field masks: which parts of an answer a client of Google's APIs asks for, as `claims(text,claimReview/url)`.

Source: https://developers.google.com/discovery/v1/performance#partial-response.
"""

import re
from collections.abc import Mapping, Set
from typing import Any, Final

from annotations.core.errors import DomainError, FieldError
from annotations.core.wording import _

TOKEN: Final = re.compile(r"\w+|\*|[,/()]")
EVERYTHING: Final = "*"
DEEPEST: Final = 8
"""Levels of parentheses and slashes."""

Mask = Mapping[str, Any]
"""By name, the mask of what is inside; an empty one takes all of it."""


def field_mask(text: str, known: Set[str]) -> Mask:
    """Raises "invalid_fields" for what is no mask, or names a field that is not known."""
    tokens = TOKEN.findall(text)
    if "".join(tokens) != text:
        raise _refused(_("it has characters that no field mask has"))
    mask = _selection(tokens, known, 0)
    if tokens:
        raise _refused(_('"{token}" is one too many').format(token=tokens[0]))
    return mask


def masked(value: Any, mask: Mask) -> Any:
    """What the mask leaves of a list or object; an empty mask leaves everything."""
    if not mask:
        return value
    if isinstance(value, list):
        return [masked(each, mask) for each in value]
    chosen = {name: mask.get(name, mask.get(EVERYTHING)) for name in value}
    return {name: masked(value[name], inner) for name, inner in chosen.items() if _is_left(value[name], inner)}


def _is_left(value: Any, mask: Mask | None) -> bool:
    """Not what the mask does not name, nor a single value of which it asks for the inside."""
    return mask is not None and (not mask or isinstance(value, (dict, list)))


def _selection(tokens: list[str], known: Set[str], depth: int) -> dict[str, Any]:
    if depth > DEEPEST:
        raise _refused(_("it is nested too deeply"))
    found: dict[str, Any] = {}
    while True:
        name, inner = _item(tokens, known, depth)
        found[name] = found.get(name, {}) | inner
        if tokens[:1] != [","]:
            return found
        del tokens[0]


def _item(tokens: list[str], known: Set[str], depth: int) -> tuple[str, dict[str, Any]]:
    if not tokens:
        raise _refused(_("it ends too early"))
    name = tokens.pop(0)
    if name not in known | {EVERYTHING}:
        raise _refused(_('"{name}" is none of: {listed}').format(name=name, listed=", ".join(sorted(known))))
    inner: dict[str, Any] = {}
    if tokens[:1] == ["/"]:
        del tokens[0]
        inside, deeper = _item(tokens, known, depth + 1)
        inner = {inside: deeper}
    elif tokens[:1] == ["("]:
        del tokens[0]
        inner = _selection(tokens, known, depth + 1)
        if tokens[:1] != [")"]:
            raise _refused(_("a parenthesis is not closed"))
        del tokens[0]
    return name, inner


def _refused(why: str) -> DomainError:
    sentence = _("The field mask cannot be read: {why}. Leave fields out for everything.").format(why=why)
    return DomainError("invalid_fields", sentence, errors=[FieldError("/fields", "invalid_fields", sentence)])
