"""Many events at once: numbered and hashed here, as rows for COPY. The database looks whether they fit."""

import datetime as dt
from binascii import hexlify
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from json.encoder import encode_basestring as quoted
from struct import Struct
from typing import Any, Final
from uuid import UUID

from annotations.models import Event, User
from annotations.models.compiled import run_prepared
from annotations.services.binary_rows import EMPTY, NULL, Id, Ids, begin, id_of, length, moment, text, uuid

COLUMNS: Final = (
    "id", "desk", "article", "annotation", "actor", "action", "object_type", "object_id", "reason", "before", "after",
    "created", "number", "previous_hash", "hash",
)  # fmt: skip
EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
BEGIN: Final = begin(len(COLUMNS))
EMPTY_HASH: Final = sha256()
"""To be copied, which takes less time than to begin."""
BEHIND: Final = Struct("!12siqi64si64s").pack
"""The columns behind `after`: the moment as a column, number and hashes each behind its length."""

Told = tuple[bytes, bytes]
"""An event that has no number yet: what is hashed behind the number, up to `after`, and the columns up to there."""


What = tuple[str, bytes]
"""Who did what to which type of object: as it is hashed, and as columns."""


class Teller:
    """Events of one desk by one actor, without a reason, before they get their numbers. No lock is needed for that."""

    def __init__(self, desk: UUID, actor: User) -> None:
        self.desk, self.actor = uuid(desk), id_of(actor.pk)

    def what(self, action: str, kind: str) -> What:
        actor, column = self.actor
        return f'"{actor}", "{action}", "{kind}", ', b"".join((column, text(action), text(kind)))

    def of(
        self,
        id: Id,
        article: Id,
        annotation: Id | None,
        what: What,
        about: Id,
        after: bytes,
        before: str | None = None,
    ) -> Told:
        """`about`: id of the object; `before`, `after`: as `jsonb` writes them."""
        hashed, columns = what
        tie, owner = (f'"{annotation[0]}"', annotation[1]) if annotation else ("null", NULL)
        said = f'"{id[0]}", "{article[0]}", {tie}, {hashed}"{about[0]}", "", {before or "null"}, '
        was = text(before) if before else NULL
        row = BEGIN, id[1], self.desk, article[1], owner, columns, about[1], EMPTY, was, length(len(after)), after
        return said.encode() + after, b"".join(row)

    def around(self, article: Id, what: What, ids: Ids) -> tuple[tuple[str, ...], tuple[bytes, ...]]:
        """What stands before the ends of three ids, and behind the last one, up to `after`: as it is hashed, and as

        columns. They are those of an event, of an annotation, and of the annotation again, which it is about. As `of`.
        """
        (hashed, columns), (begin, column) = what, ids.begin
        said = f'"{begin}', f'", "{article[0]}", "{begin}', f'", {hashed}"{begin}', '", "", null, '
        return said, (BEGIN + column, self.desk + article[1] + column, columns + column, EMPTY + NULL)

    def of_event(self, event: Event) -> Told:
        """Of an article, as `event_row` made it."""
        before = None if event.before is None else jsonb(event.before)
        what, about = self.what(event.action, event.object_type), id_of(event.object_id)
        article = id_of(event.article_id)  # type: ignore[arg-type]  # never of a desk
        return self.of(id_of(event.pk), article, None, what, about, jsonb(event.after).encode(), before)


class Chain:
    """The end of a desk's history, held until the transaction ends: take it after every other lock.

    All events of one chain have the same moment.
    """

    def __init__(self, desk: UUID, now: dt.datetime) -> None:
        [(self.number, end)] = run_prepared("SELECT number, hash FROM factcheck_end_of_chain(%s)", [desk])
        self.hash = end.encode()
        self.created = moment(now)
        self.begin, self.end = f'["{desk}", ', f', {(now - EPOCH) // dt.timedelta(microseconds=1)}, "'.encode()

    def rows(self, told: Iterable[Told]) -> Iterator[bytes]:
        """The next events."""
        begin, end, created = self.begin, self.end, self.created
        for hashed, row in told:
            self.number = number = self.number + 1
            before, digest = self.hash, EMPTY_HASH.copy()
            digest.update(b"".join((f"{begin}{number}, ".encode(), hashed, end, before, b'"]')))
            self.hash = hexlify(digest.digest())
            yield row + BEHIND(created, 8, number, 64, before, 64, self.hash)


def jsonb(value: Any) -> str:
    """JSON as PostgreSQL writes what it keeps: shorter keys first, then in the order of their bytes.

    Of texts, whole numbers, booleans and nothing, which is all that states hold. Raises TypeError for others.
    """
    if isinstance(value, str):
        return quoted(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, list):
        return f"[{', '.join(map(jsonb, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join([f'{name}{jsonb(value[key])}' for key, name in _in_order(tuple(value))])}}}"
    raise TypeError(f"{value!r} is not of a state")


@lru_cache(maxsize=64)
def _in_order(keys: tuple[str, ...]) -> list[tuple[str, str]]:
    """The keys as `jsonb` sorts them, and how each is written. States have few sets of keys."""
    return [(key, f"{quoted(key)}: ") for key in sorted(keys, key=lambda key: (len(key.encode()), key.encode()))]
