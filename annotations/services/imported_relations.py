"""Relations of an imported document: links where we have the kind, words in the note where the importer wants that."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from annotations.core.drafts import LinkKind
from annotations.core.shown_quotes import shown_in_english
from annotations.core.text import canonical_field
from annotations.core.wording import _
from annotations.formats.documents import IncomingDocument, IncomingRelation, bad_document
from annotations.models import Link, User
from annotations.services.imported_rows import New
from annotations.services.rows import checked

KINDS: Final = frozenset(map(str, LinkKind))


def tie(document: IncomingDocument, fresh: Mapping[int, New], actor: User, keep_unknown: bool) -> None:
    """Give new annotations, `fresh` by number of the span, the links between them.

    A kind that is none of ours goes into the note of its source, or refuses the document ("unknown_relation"). So does
    a tie of a span to itself. One to a mark that somebody took out of the file went with it.
    """
    by_ref = {span.ref: fresh.get(span.number) for span in document.spans if span.ref}
    made: set[tuple[str, ...]] = set()
    for relation in document.relations:
        if relation.kind not in KINDS and not keep_unknown:
            reason = _('It has a relation "{kind}"; known kinds: {listed}. Leave it out.').format(
                kind=relation.kind, listed=", ".join(LinkKind)
            )
            raise bad_document(document.key, reason, code="unknown_relation")
        source, target = by_ref.get(relation.source), by_ref.get(relation.target)
        if not source or not target:
            continue
        if source is target and relation.kind in KINDS:
            reason = _('Its relation "{kind}" ties "{end}" to itself. Leave it out.').format(
                kind=relation.kind, end=relation.source
            )
            raise bad_document(document.key, reason, code="unknown_relation")
        if relation.kind not in KINDS:
            _note(source, relation, target)
        elif (mark := (source.id[0], target.id[0], relation.kind)) not in made:
            made.add(mark)
            source.links = [*source.links, _link(source, target, relation.kind, actor)]


def _link(source: New, target: New, kind: str, actor: User) -> Link:
    desk, ends = source.place.article.desk_id, {"annotation_id": UUID(source.id[0]), "target_id": UUID(target.id[0])}
    return checked(Link(desk_id=desk, kind=kind, author=actor, **ends))


def _note(source: New, relation: IncomingRelation, target: New) -> None:
    words = f"{relation.kind}: {shown_in_english(target.exact)}"
    source.note = canonical_field("\n".join(filter(None, [source.note, words])))
