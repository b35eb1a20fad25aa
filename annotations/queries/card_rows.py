"""The cards of the annotation page as plain rows, a window of them in one statement.

Annotations as objects with all their parts take six statements and ten times as long, for a few words of each.
"""

import json
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import IntegerField, JSONField, QuerySet, TextField
from django.db.models.expressions import RawSQL

from annotations.core.states import annotation_label
from annotations.models import Annotation, Article
from annotations.models.compiled import Asked, Compiled


class CardVocabulary(NamedTuple):
    key: str
    position: int


class CardTerm(NamedTuple):
    """As much of a Term as a card shows."""

    name: str
    description: str
    colour: int | None
    position: int
    vocabulary: CardVocabulary


@dataclass(frozen=True, slots=True)
class CardRow:
    """One card, equal to another that looks the same. `evidence` counts current pieces; `source` is that of the oldest
    current attribution, or None."""

    id: UUID
    version: int
    start: int
    end: int
    fragments: tuple[tuple[int, int], ...]
    state: str
    exact: str
    claim: str
    labels: tuple[CardTerm, ...]
    verdict: CardTerm | None
    source: str | None
    evidence: int
    assignee: str | None

    @property
    def parts(self) -> tuple[tuple[int, int], ...]:
        """The ranges to highlight: the fragments, or the whole range."""
        return self.fragments or ((self.start, self.end),)

    @property
    def state_label(self) -> str:
        return annotation_label(self.state)


_TERM: Final = "jsonb_build_array(t.name, t.description, t.colour, t.position, v.key, v.position)"
_TERMS: Final = "annotations_term t ON t.id = p.term_id JOIN annotations_vocabulary v ON v.id = t.vocabulary_id"
_MINE: Final = "p.annotation_id = annotations_annotation.id"
_SHOWN: Final = {
    "card_labels": RawSQL(  # noqa: S611 (nothing but constants of this file, as below)
        f"SELECT jsonb_agg({_TERM} ORDER BY t.key) FROM annotations_annotationterm p JOIN {_TERMS} WHERE {_MINE}",  # noqa: S608
        (),
        JSONField(),
    ),
    "card_verdict": RawSQL(  # noqa: S611
        f"SELECT {_TERM} FROM annotations_verdict p JOIN {_TERMS} WHERE {_MINE} AND p.retired_at IS NULL",  # noqa: S608
        (),
        JSONField(),
    ),
    "card_source": RawSQL(  # noqa: S611
        f"SELECT source FROM annotations_attribution p WHERE {_MINE} AND p.retired_at IS NULL ORDER BY p.id LIMIT 1",  # noqa: S608
        (),
        TextField(),
    ),
    "card_evidence": RawSQL(  # noqa: S611
        f"SELECT count(*) FROM annotations_evidence p WHERE {_MINE} AND p.retired_at IS NULL",  # noqa: S608
        (),
        IntegerField(),
    ),
    "card_assignee": RawSQL(  # noqa: S611
        "SELECT coalesce(nullif(display_name, ''), username) FROM annotations_user"
        " WHERE id = annotations_annotation.assignee_id",
        (),
        TextField(),
    ),
}
_FIELDS: Final = ("id", "version", "start", "end", "fragments", "state", "exact", "claim", *_SHOWN)


def cards(article: Article) -> QuerySet[Annotation]:
    """The live annotations of the article's current revision, in text order."""
    return Annotation.objects.filter(article=article, revision=article.current).live().in_text_order()


def card_rows(annotations: QuerySet[Annotation]) -> list[CardRow]:
    """Their cards, in the order of the queryset."""
    return [_row(values) for values in _shown(annotations)]


def asked_card(id: UUID) -> Asked[Any]:
    """The card of one, for who asks the database something else at the same time."""
    statement, read = _CARD.asked(id=id)
    return Asked(statement, lambda rows: [_row(_parsed(values)) for values in read(rows)])


def _shown(annotations: QuerySet[Annotation]) -> QuerySet[Annotation, Any]:
    return annotations.annotate(**_SHOWN).values_list(*_FIELDS)


_CARD: Final[Compiled[Any]] = Compiled(lambda id: _shown(Annotation.objects.filter(pk=id)), id=UUID(int=1))


def _parsed(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Labels and verdict come as the driver reads them, which is as text."""
    labels, verdict = (json.loads(cell) if cell else None for cell in values[8:10])
    return (*values[:8], labels, verdict, *values[10:])


def _row(values: tuple[Any, ...]) -> CardRow:
    labels, verdict, *rest = values[8:]
    cells = [*values[:8], tuple(_term(*each) for each in labels or ()), _term(*verdict) if verdict else None, *rest]
    cells[4] = tuple((first, last) for first, last in values[4])
    return CardRow(*cells)


def _term(name: str, description: str, colour: int | None, position: int, key: str, place: int) -> CardTerm:
    return CardTerm(name, description, colour, position, CardVocabulary(key, place))
