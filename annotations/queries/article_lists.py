"""All annotations of an article as JSON Lines, kept as bytes for as long as nothing of the article has changed.

Who may see the article is asked before, each time; everybody who may sees the same. What is kept is looked up by the
moment that the database is at, and what happened since is the only thing that is read anew.
"""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.db import connections

from annotations.core.keeping import Recent
from annotations.formats import jsonl
from annotations.models import Article
from annotations.models.compiled import run_prepared
from annotations.queries.export_rows import pieces_of
from annotations.queries.export_sql import LISTED, OF_ARTICLE, rows
from annotations.queries.moments import Moment, moment_of, touched_since
from annotations.queries.snapshots import snapshot

KEPT: Final = 24_000_000
"""Bytes of all lists together that a process keeps."""

LONGEST: Final = 20_000
"""Annotations; longer lists are streamed and not kept."""

ID_SIZE: Final = 100
"""Bytes that an id takes in memory, about."""

SHAPE: Final = sha256(rows(LISTED).encode()).hexdigest()[:8]
"""Another one when rows are written in another way: tags of before do not count any more."""

States = tuple[str, ...]
_kept: Final = Recent[tuple[UUID, States], "ArticleList"](KEPT)


@dataclass(frozen=True)
class ArticleList:
    """`ids` of its annotations, sorted; `lines` is a line of JSON for each and ends with the line that counts them."""

    moment: Moment
    ids: Sequence[str]
    lines: bytes

    @property
    def tag(self) -> str:
        return tag_of(self.moment)


def tag_of(moment: Moment) -> str:
    """What stands in a strong ETag, without its quotation marks: the same as long as the list is."""
    return f"{moment.number}-{moment.hash[:32]}-{moment.names}-{SHAPE}"


def article_list(article: Article, states: Collection[str], moment: Moment, database: str) -> ArticleList | None:
    """Annotations in these states (none: all), as of this moment or a later one; None when there are too many.

    The article is one that the reader may see, the moment one that the reader may not have known before asking.
    """
    wanted = tuple(sorted(set(states)))
    known = _kept.get((article.pk, wanted))
    if known and known.moment == moment:
        return known
    with snapshot(database):
        made = _made(article, wanted, known, database)
    if made:
        _kept.put((article.pk, wanted), made, len(made.lines) + ID_SIZE * len(made.ids))
    return made


def _made(article: Article, states: States, known: ArticleList | None, database: str) -> ArticleList | None:
    moment = moment_of(article, database)
    if known and known.moment.names == moment.names:
        touched = touched_since(article, known.moment, database)
        if touched is not None:
            return _brought_up(known, moment, touched, _lines(article, states, touched, database))
    ids = _wanted(article, states, None, database)
    return ArticleList(moment, ids, _written(ids, database)) if len(ids) <= LONGEST else None


def _wanted(article: Article, states: States, among: Collection[str] | None, database: str) -> list[str]:
    """Ids in their order, one more than LONGEST at most."""
    asked = {"article": article.pk, "states": list(states) or None, "most": LONGEST + 1}
    [(found,)] = run_prepared(OF_ARTICLE, asked | {"among": None if among is None else list(among)}, database)
    return found.split(",") if found else []


def _written(ids: Sequence[str], database: str) -> bytes:
    """The whole list of these annotations."""
    with connections[database].cursor() as cursor:
        return b"".join(jsonl.written(pieces_of(cursor, ids) if ids else ()))


def _lines(article: Article, states: States, touched: Collection[str], database: str) -> dict[str, bytes]:
    """By id, of those that belong to the list now."""
    ids = _wanted(article, states, touched, database)
    found = run_prepared(rows(LISTED), {"ids": ids}, database) if ids else []
    return {id: jsonl.escaped(text.encode()) for id, (text,) in zip(ids, found, strict=True)}


def _brought_up(known: ArticleList, moment: Moment, touched: Collection[str], now: Mapping[str, bytes]) -> ArticleList:
    """The list at this moment: what was touched as it is now, everything else as it was."""
    ids, lines = list(known.ids), known.lines.splitlines(keepends=True)[:-1]
    for id in touched:
        place = bisect_left(ids, id)
        end = place + (ids[place : place + 1] == [id])
        new = [id] if id in now else []
        ids[place:end], lines[place:end] = new, [now[each] for each in new]
    return ArticleList(moment, ids, b"".join([*lines, jsonl.last_line(len(ids))]))
