"""Many events at once: numbered and hashed here, as rows for COPY. The database looks whether they fit."""

import datetime as dt
from functools import lru_cache
from hashlib import sha256
from json.encoder import encode_basestring as quoted
from typing import Any, Final
from uuid import UUID

from annotations.models import Event, User
from annotations.models.compiled import run_prepared
from annotations.services.binary_rows import EMPTY, NULL, begin, big_integer, moment, same_uuid, text, uuid

COLUMNS: Final = (
    "id", "desk", "article", "annotation", "actor", "action", "object_type", "object_id", "reason", "before", "after",
    "created", "number", "previous_hash", "hash",
)  # fmt: skip
EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
BEGIN: Final = begin(len(COLUMNS))
HASH: Final = len(sha256(b"").hexdigest()).to_bytes(4, "big")

_word: Final = lru_cache(64)(text)
"""Of words that stand in many rows."""


class Chain:
    """The end of a desk's history, held until the transaction ends: take it after every other lock.

    All events of one chain have the same actor and moment, and no reason.
    """

    def __init__(self, desk: UUID, actor: User, now: dt.datetime) -> None:
        [(self.number, self.hash)] = run_prepared("SELECT number, hash FROM factcheck_end_of_chain(%s)", [desk])
        self.desk, self.actor = str(desk), str(actor.pk)
        self.moment = (now - EPOCH) // dt.timedelta(microseconds=1)
        self.columns = uuid(self.desk), uuid(self.actor), moment(now)

    def row(
        self,
        id: str,
        article: str,
        annotation: str | None,
        what: tuple[str, str, str],
        after: str,
        before: str | None = None,
    ) -> bytes:
        """The next event. `what`: action, type and id of the object; `before`, `after`: as `jsonb` writes them."""
        self.number += 1
        previous, (action, kind, object_id) = self.hash, what
        tie = f'"{annotation}"' if annotation else "null"
        begins = (
            f'["{self.desk}", {self.number}, "{id}", "{article}", {tie}, "{self.actor}", "{action}", "{kind}", '
            f'"{object_id}", "", {before or "null"}, '
        )
        is_now = after.encode()
        hashed = b"".join((begins.encode(), is_now, f', {self.moment}, "{previous}"]'.encode()))
        self.hash = sha256(hashed).hexdigest()
        desk, actor, created = self.columns
        return b"".join(
            (
                BEGIN, uuid(id), desk, same_uuid(article), same_uuid(annotation) if annotation else NULL, actor,
                _word(action), _word(kind), same_uuid(object_id), EMPTY, text(before) if before else NULL,
                len(is_now).to_bytes(4, "big"), is_now, created, big_integer(8, self.number),
                HASH, previous.encode(), HASH, self.hash.encode(),
            )
        )  # fmt: skip

    def row_of(self, event: Event) -> bytes:
        """The next event, of an article, which `event_row` made."""
        what = (event.action, event.object_type, str(event.object_id))
        before = None if event.before is None else jsonb(event.before)
        return self.row(str(event.pk), str(event.article_id), None, what, jsonb(event.after), before)


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
