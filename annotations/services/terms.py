"""From term keys to terms of one desk: unknown, retired and misplaced keys are refused with a sentence."""

from collections.abc import Iterable, Mapping
from typing import Final
from uuid import UUID

from django.db.models import CharField, Subquery

from annotations.core.errors import wrong
from annotations.core.wording import _
from annotations.models import Article, Term
from annotations.models.compiled import Asked, Compiled, IsAnyOf
from annotations.models.vocabulary import VERDICT_SCALE

ATTRIBUTION_AXES = ("origin", "identification", "channel", "distance")
_BY_KEY: Final = Compiled(
    lambda desk, keys: Term.objects.select_related("vocabulary").filter(
        IsAnyOf("key", keys, CharField()), desk_id=desk
    ),
    desk=UUID(int=1),
    keys=["a key"],
)
_OF_ARTICLE: Final = Compiled(
    lambda article, keys: Term.objects.select_related("vocabulary").filter(
        IsAnyOf("key", keys, CharField()), desk_id=Subquery(Article.objects.filter(pk=article).values("desk_id")[:1])
    ),
    article=UUID(int=1),
    keys=["a key"],
)


def asked_terms(article_id: UUID, keys: Iterable[str]) -> Asked[Term]:
    """What `terms_by_key` would ask of the article's desk, for who asks something else at the same time."""
    return _OF_ARTICLE.asked(article=article_id, keys=sorted({key for key in keys if key}))


def terms_by_key(desk_id: UUID, keys: Iterable[str]) -> dict[str, Term]:
    """The desk's terms with these keys, in one query; whether each was found and fits is for `pick` to say."""
    wanted = {key for key in keys if key}
    if not wanted:
        return {}
    return {term.key: term for term in _BY_KEY(desk=desk_id, keys=sorted(wanted))}


def pick(terms: Mapping[str, Term], key: str, pointer: str, axis: str | None = None) -> Term:
    """The term with this key. `axis`: the vocabulary it must belong to; None means any label but a verdict."""
    term = terms.get(key)
    if term is None:
        raise wrong(pointer, "unknown_term", _('This desk has no term with the key "{key}".').format(key=key))
    if term.retired_at is not None:
        raise wrong(
            pointer, "retired_term", _('The term "{name}" is retired. Choose a current one.').format(name=term.name)
        )
    found = term.vocabulary.key
    if axis is None and found == VERDICT_SCALE:
        raise wrong(
            pointer,
            "wrong_vocabulary",
            _('"{name}" is a verdict, not a label. Send it as the verdict.').format(name=term.name),
        )
    if axis is not None and found != axis:
        raise wrong(
            pointer,
            "wrong_vocabulary",
            _('"{name}" belongs to the vocabulary "{found}"; here one of "{axis}" fits.').format(
                name=term.name, found=found, axis=axis
            ),
        )
    return term
