"""What happened on an article since a moment, as far as its page shows it. In two queries, however much it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from annotations.core.moves import ARTICLE_MOVES, actions_of
from annotations.models import Article, Event, User
from annotations.queries.card_rows import cards

MOST: Final = 200
"""Events up to which the page is brought up to date piece by piece."""

OF_THE_WHOLE: Final = frozenset({"revise", *actions_of(ARTICLE_MOVES)} - {"start"})
"""Actions after which so much of the page differs that it must be read anew. Checking starts by itself."""

Range = tuple[int, int]


@dataclass
class Changes:
    """`last` is the number of the last event, `is_news`: some of them count. `placed`: annotations whose cards have to
    find a place.

    `touched`: ranges of the current text, in code points, end exclusive, where they stood before or after.
    """

    last: int
    is_news: bool = False
    ids: set[UUID] = field(default_factory=set)
    placed: set[UUID] = field(default_factory=set)
    touched: set[Range] = field(default_factory=set)
    is_whole: bool = False


def changes_since(article: Article, number: int, without: User | None = None) -> Changes:
    """Everything after the event with this number, but for what `without` did."""
    events = Event.objects.filter(desk_id=article.desk_id, number__gt=number, article=article).order_by("number")
    rows = list(events.values_list("number", "action", "annotation_id", "actor_id", "before", "after")[: MOST + 1])
    changes = Changes(rows[-1][0] if rows else number, is_whole=len(rows) > MOST)
    for _, action, annotation, actor, before, after in rows:
        if without is None or actor != without.pk:
            changes.is_news = True
            _note(changes, action, annotation, before or {}, after or {})
    return changes


def _note(
    changes: Changes, action: str, annotation: UUID | None, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    if annotation is None:
        changes.is_whole |= action in OF_THE_WHOLE
        return
    changes.ids.add(annotation)
    extents = {(state["start"], state["end"]) for state in (before, after) if "start" in state}
    changes.touched |= extents
    if len(extents) > 1 or "start" not in before or before.get("state") != after.get("state"):
        changes.placed.add(annotation)


def places_of(article: Article, ids: set[UUID]) -> tuple[int, list[tuple[list[UUID], UUID | None]]]:
    """How many annotations the page shows; and these ones in text order, each row of them with what follows it."""
    order = cards(article).values_list("pk", flat=True)
    groups = [(is_asked, list(keys)) for is_asked, keys in groupby(order, lambda key: key in ids)]
    followers: list[UUID | None] = [*(keys[0] for _, keys in groups[1:]), None]
    count = sum(len(keys) for _, keys in groups)
    return count, [(keys, after) for (is_asked, keys), after in zip(groups, followers, strict=False) if is_asked]
