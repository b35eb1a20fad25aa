"""Many events at once: numbered and hashed here, as rows for COPY. The database looks whether they fit."""

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from json.encoder import encode_basestring as quoted
from typing import Any, Final
from uuid import UUID

from annotations.models import Event, User
from annotations.models.compiled import run_prepared
from annotations.services.binary_rows import EMPTY, NULL, Id, begin, big_integer, id_of, length, moment, text

COLUMNS: Final = (
    "id", "desk", "article", "annotation", "actor", "action", "object_type", "object_id", "reason", "before", "after",
    "created", "number", "previous_hash", "hash",
)  # fmt: skip
EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
BEGIN: Final = begin(len(COLUMNS))
HASH: Final = length(len(sha256(b"").hexdigest()))

Told = tuple[bytes, bytes, bytes]
"""An event that has no number yet: what is hashed behind the number, the columns from `id` to `before`, and `after`."""


class Teller:
    """Events of one desk by one actor, without a reason, before they get their numbers. No lock is needed for that."""

    def __init__(self, desk: UUID, actor: User) -> None:
        self.desk, self.actor = id_of(desk), id_of(actor.pk)
        self._what = lru_cache(64)(self._of_action)

    def of(
        self,
        id: Id,
        article: Id,
        annotation: Id | None,
        what: tuple[str, str, Id],
        after: bytes,
        before: str | None = None,
    ) -> Told:
        """`what`: action, type and id of the object; `before`, `after`: as `jsonb` writes them."""
        action, kind, about = what
        hashed, columns = self._what(action, kind)
        tie, owner = (f'"{annotation[0]}"', annotation[1]) if annotation else ("null", NULL)
        said = f'"{id[0]}", "{article[0]}", {tie}, {hashed}"{about[0]}", "", {before or "null"}, '
        was = text(before) if before else NULL
        return said.encode(), b"".join((id[1], self.desk[1], article[1], owner, columns, about[1], EMPTY, was)), after

    def of_event(self, event: Event) -> Told:
        """Of an article, as `event_row` made it."""
        before = None if event.before is None else jsonb(event.before)
        what = (event.action, event.object_type, id_of(event.object_id))
        article = id_of(event.article_id)  # type: ignore[arg-type]  # never of a desk
        return self.of(id_of(event.pk), article, None, what, jsonb(event.after).encode(), before)

    def _of_action(self, action: str, kind: str) -> tuple[str, bytes]:
        """The actor, and what was done to what."""
        return f'"{self.actor[0]}", "{action}", "{kind}", ', b"".join((self.actor[1], text(action), text(kind)))


class Chain:
    """The end of a desk's history, held until the transaction ends: take it after every other lock.

    All events of one chain have the same moment.
    """

    def __init__(self, desk: UUID, now: dt.datetime) -> None:
        [(self.number, self.hash)] = run_prepared("SELECT number, hash FROM factcheck_end_of_chain(%s)", [desk])
        self.desk, self.created = str(desk), moment(now)
        self.moment = (now - EPOCH) // dt.timedelta(microseconds=1)

    def rows(self, told: Iterable[Told]) -> Iterator[bytes]:
        """The next events."""
        begin, end, created, join = f'["{self.desk}", ', f', {self.moment}, "', self.created, b"".join
        for said, columns, after in told:
            self.number = number = self.number + 1
            previous = self.hash
            hashed = join((f"{begin}{number}, ".encode(), said, after, f'{end}{previous}"]'.encode()))
            self.hash = digest = sha256(hashed).hexdigest()
            numbered = big_integer(8, number)
            size, hashes = length(len(after)), (HASH, previous.encode(), HASH, digest.encode())
            yield join((BEGIN, columns, size, after, created, numbered, *hashes))


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
        keys = sorted(value, key=lambda key: (len(key.encode()), key.encode()))
        return f"{{{', '.join(f'{quoted(key)}: {jsonb(value[key])}' for key in keys)}}}"
    raise TypeError(f"{value!r} is not of a state")
