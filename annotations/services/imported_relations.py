"""Relations of an imported document: links where we have the kind, words in the note where the importer wants that."""

from collections.abc import Mapping, Sequence
from typing import Final

from annotations.core.drafts import LinkKind
from annotations.core.shown_quotes import shown_in_english
from annotations.core.text import canonical_field
from annotations.core.wording import _
from annotations.formats.documents import IncomingDocument, IncomingRelation, bad_document
from annotations.models import Annotation, Link, User
from annotations.services.rows import checked

KINDS: Final = frozenset(map(str, LinkKind))


def tied(
    document: IncomingDocument, fresh: Mapping[int, Annotation], actor: User, keep_unknown: bool
) -> Sequence[Link]:
    """The links between new annotations, `fresh` by number of the span, which are not stored yet.

    A kind that is none of ours goes into the note of its source, or refuses the document ("unknown_relation").
    """
    by_ref = {span.ref: fresh.get(span.number) for span in document.spans if span.ref}
    made: dict[tuple[object, ...], Link] = {}
    for relation in document.relations:
        if relation.kind not in KINDS and not keep_unknown:
            reason = _('It has a relation "{kind}"; known kinds: {listed}. Leave it out.').format(
                kind=relation.kind, listed=", ".join(LinkKind)
            )
            raise bad_document(document.key, reason, code="unknown_relation")
        source, target = by_ref.get(relation.source), by_ref.get(relation.target)
        if not source or not target or source is target:
            continue
        if relation.kind in KINDS:
            link = Link(desk_id=source.desk_id, annotation=source, target=target, kind=relation.kind, author=actor)
            made.setdefault((source.pk, target.pk, relation.kind), checked(link))
        else:
            _note(source, relation, target)
    return list(made.values())


def _note(source: Annotation, relation: IncomingRelation, target: Annotation) -> None:
    words = f"{relation.kind}: {shown_in_english(target.exact)}"
    source.note = canonical_field("\n".join(filter(None, [source.note, words])))
