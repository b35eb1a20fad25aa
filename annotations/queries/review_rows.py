"""What may be done next and what is still unseen, as plain data."""

from collections import Counter
from typing import Any

from annotations.core.coverage import Covered, Seen
from annotations.models import Annotation, Article, Identity, User
from annotations.permissions import article_facts, moves_of
from annotations.queries.rows import timestamp


def moves_row(actor: User, obj: Annotation | Article) -> dict[str, Any]:
    """The moves that leave the object's state, each with whether the actor may make it and, if not, why."""
    return {
        "state": obj.state,
        "version": obj.version,
        "transitions": [
            {
                "action": action,
                "to": [str(state) for state in move.to],
                "label": move.label,
                "needs_reason": move.needs_reason,
                "allowed": bool(decision),
                "code": decision.code or None,
                "reason": decision.reason or None,
            }
            for action, (move, decision) in moves_of(actor, obj).items()
        ],
    }


def coverage_row(article: Article) -> dict[str, Any]:
    """The ledger of the current revision. Offsets are code points, end exclusive."""
    rows = article_facts(article).coverage
    count = Counter(row.seen for row in rows)
    return {
        "revision": str(article.current.pk),
        "total": len(rows),
        **{seen.value: count[seen] for seen in Seen},
        "sentences": [_sentence(row, article.current.text) for row in rows],
    }


def kept_row(identity: Identity) -> dict[str, Any]:
    """That an identity is kept and for whom; its content is nowhere but in services.identities.read_identity."""
    return {
        "attribution": str(identity.attribution_id),
        "keeper": identity.keeper.username,
        "readers": sorted(reader.username for reader in identity.readers.all()),
        "created": timestamp(identity.created),
    }


def _sentence(row: Covered, text: str) -> dict[str, Any]:
    return {
        "number": row.number,
        "start": row.start,
        "end": row.end,
        "exact": text[row.start : row.end],
        "seen": row.seen.value,
    }
