"""From term keys to terms of one desk: unknown, retired and misplaced keys are refused with a sentence."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from annotations.core.errors import DomainError, FieldError
from annotations.models import Term
from annotations.models.vocabulary import VERDICT_SCALE

ATTRIBUTION_AXES = ("origin", "identification", "channel", "distance")


def terms_by_key(desk_id: UUID, keys: Iterable[str]) -> dict[str, Term]:
    """The desk's terms with these keys, in one query; whether each was found and fits is for `pick` to say."""
    wanted = {key for key in keys if key}
    if not wanted:
        return {}
    rows = Term.objects.filter(desk_id=desk_id, key__in=wanted).select_related("vocabulary")
    return {term.key: term for term in rows}


def pick(terms: Mapping[str, Term], key: str, pointer: str, axis: str | None = None) -> Term:
    """The term with this key. `axis`: the vocabulary it must belong to; None means any label but a verdict."""
    term = terms.get(key)
    if term is None:
        raise _wrong(pointer, "unknown_term", f'This desk has no term with the key "{key}".')
    if term.retired_at is not None:
        raise _wrong(pointer, "retired_term", f'The term "{term.name}" is retired. Choose a current one.')
    found = term.vocabulary.key
    if axis is None and found == VERDICT_SCALE:
        raise _wrong(pointer, "wrong_vocabulary", f'"{term.name}" is a verdict, not a label. Send it as the verdict.')
    if axis is not None and found != axis:
        raise _wrong(
            pointer,
            "wrong_vocabulary",
            f'"{term.name}" belongs to the vocabulary "{found}"; here one of "{axis}" fits.',
        )
    return term


def _wrong(pointer: str, code: str, sentence: str) -> DomainError:
    return DomainError(code, sentence, errors=[FieldError(pointer, code, sentence)])
