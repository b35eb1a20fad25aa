"""Many events at once: numbered and hashed here, as COPY's text. The database takes them only if all is right.

Lines are bytes: what an event says is put into UTF-8 once, for its hash and for its line.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from hashlib import sha256
from json.encoder import encode_basestring as quoted
from typing import Any, Final
from uuid import UUID

from annotations.models import Event, User
from annotations.models.compiled import run_prepared

COLUMNS: Final = (
    "id", "desk", "article", "annotation", "actor", "action", "object_type", "object_id", "reason", "before", "after",
    "created", "number", "previous_hash", "hash",
)  # fmt: skip
EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
NULL: Final = "\\N"


Chained = tuple[str, str, str | None, str, str, str, bytes, str | None]
"""Id, article, annotation, action, type and id of the object, what it is now and was before, as `jsonb` writes it."""


class Chain:
    """The end of a desk's history, held until the transaction ends: take it after every other lock.

    All events of one chain have the same actor and moment, and no reason.
    """

    def __init__(self, desk: UUID, actor: User, now: dt.datetime) -> None:
        [(self.number, self.hash)] = run_prepared("SELECT number, hash FROM factcheck_end_of_chain(%s)", [desk])
        self.desk, self.actor, self.created = str(desk), str(actor.pk), str(now)
        self.moment = (now - EPOCH) // dt.timedelta(microseconds=1)

    def lines(self, events: Iterable[Chained]) -> Iterator[bytes]:
        """The next events."""
        begin, by, moment = f'["{self.desk}", ', f'"{self.actor}", "', f', {self.moment}, "'
        desk, actor, created = f"\t{self.desk}\t", f"\t{self.actor}\t", f"\t{self.created}\t"
        for id, article, annotation, action, kind, object_id, after, before in events:
            self.number = number = self.number + 1
            previous = self.hash
            tie = f'"{annotation}"' if annotation else "null"
            head = (
                f'{begin}{number}, "{id}", "{article}", {tie}, {by}{action}", "{kind}", "{object_id}", "", '
                f"{before or 'null'}, "
            )
            said = head.encode(), after, f'{moment}{previous}"]'.encode()
            self.hash = digest = sha256(b"".join(said)).hexdigest()
            columns = (
                f"{id}{desk}{article}\t{annotation or NULL}{actor}{action}\t{kind}\t{object_id}\t\t"
                f"{_escaped(before) if before else NULL}\t"
            )
            end = f"{created}{number}\t{previous}\t{digest}\n"
            yield b"".join((columns.encode(), after.replace(b"\\", b"\\\\"), end.encode()))


def chained(event: Event) -> Chained:
    """An event of an article, which `event_row` made."""
    before = None if event.before is None else jsonb(event.before)
    about = str(event.pk), str(event.article_id), None, event.action, event.object_type, str(event.object_id)
    return *about, jsonb(event.after).encode(), before


def _escaped(json: str) -> str:
    """JSON as a value of COPY's text format: line breaks and tabs are escaped in it already."""
    return json.replace("\\", "\\\\")


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
