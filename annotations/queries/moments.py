"""How far the history of an article has come, in one cheap look: while it has not moved on, nothing of it has changed.

Whatever changes an annotation or an article appends an event in the same transaction, and the events of a desk are
committed in the order of their numbers. Names that are told of people, terms and desks have a count of their own.
"""

from typing import Any, Final, NamedTuple
from uuid import UUID

from annotations.core.keeping import Recent
from annotations.models import Article
from annotations.models.compiled import run_prepared

BEHIND: Final = 1_000
"""Events of the desk that are looked through one after the other; beyond it the index of the article's is quicker."""


class Moment(NamedTuple):
    """The last event of an article or of its desk alone, and the version of names. Without any event: 0 and ""."""

    number: int
    hash: str
    names: int


_EVENTS: Final = f"""
WITH newer AS MATERIALIZED (
    SELECT number, hash, article_id, annotation_id FROM annotations_event
    WHERE desk_id = %(desk)s AND number > %(number)s ORDER BY number LIMIT {BEHIND + 1}
)"""  # noqa: S608 (nothing but constants of this file)
_OF_ARTICLE: Final = "(article_id = %(article)s OR article_id IS NULL)"

# The hash says that it is the same history: not one that was rolled back, nor of before a backup was restored.
_IS_SURE: Final = f"""(SELECT count(*) <= {BEHIND} FROM newer) AND (%(number)s::bigint = 0 OR EXISTS (
    SELECT FROM annotations_event WHERE desk_id = %(desk)s AND number = %(number)s AND hash = %(hash)s
))"""  # noqa: S608 (nothing but constants of this file)

_NEWER: Final = f"""{_EVENTS}
SELECT coalesce(last.number, %(number)s::bigint), coalesce(last.hash, %(hash)s::text),
    coalesce((SELECT version FROM annotations_naming), 0),
    {_IS_SURE}
FROM (VALUES (1)) one LEFT JOIN (
    SELECT number, hash FROM newer WHERE {_OF_ARTICLE} ORDER BY number DESC LIMIT 1
) last ON true
"""  # noqa: S608 (nothing but constants of this file)

# "+ 0" keeps PostgreSQL from walking through the events of the whole desk.
_LAST: Final = f"""
SELECT coalesce(last.number, 0), coalesce(last.hash, ''), coalesce((SELECT version FROM annotations_naming), 0)
FROM (VALUES (1)) one LEFT JOIN (
    SELECT number, hash FROM annotations_event
    WHERE desk_id = %(desk)s AND {_OF_ARTICLE} ORDER BY number + 0 DESC LIMIT 1
) last ON true
"""  # noqa: S608 (nothing but constants of this file)

_TOUCHED: Final = f"""{_EVENTS}
SELECT DISTINCT annotation_id::text FROM newer WHERE {_OF_ARTICLE}
UNION ALL SELECT NULL WHERE NOT ({_IS_SURE})
"""  # noqa: S608 (nothing but constants of this file)

_known: Final = Recent[UUID, Moment](10_000)


def moment_of(article: Article, database: str) -> Moment:
    """One statement, as a rule; where it stands is remembered, so that only what came later is looked at."""
    known = _known.get(article.pk) or Moment(0, "", 0)
    [(number, hash, names, is_sure)] = run_prepared(_NEWER, _asked(article, known), database)
    if not is_sure:
        [(number, hash, names)] = run_prepared(_LAST, {"desk": article.desk_id, "article": article.pk}, database)
    moment = Moment(number, hash, names)
    _known.put(article.pk, moment)
    return moment


def touched_since(article: Article, moment: Moment, database: str) -> set[str] | None:
    """Ids of the annotations that something happened to; None when they may be all, or are too many to be told."""
    found = {id for (id,) in run_prepared(_TOUCHED, _asked(article, moment), database)}
    return None if None in found else found


def _asked(article: Article, moment: Moment) -> dict[str, Any]:
    return {"desk": article.desk_id, "article": article.pk, "number": moment.number, "hash": moment.hash}
