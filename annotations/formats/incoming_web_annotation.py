"""A Web Annotation on its way in: what of it we have a place for. The rest is refused with a reason, never dropped.

Source: https://www.w3.org/TR/annotation-model/. It reads the JSON that the model's context stands for; other contexts
could mean anything, and are refused as the protocol allows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from annotations.core.wording import _, gettext_noop
from annotations.formats.incoming_bodies import Bodies, read_bodies
from annotations.formats.incoming_provenance import MEMBERS as PROVENANCE
from annotations.formats.incoming_provenance import MOTIVATIONS, iri, own_motivations, provenance_of
from annotations.formats.incoming_targets import Selector, read_targets
from annotations.formats.text_selectors import Span, check_members, refused, span_of
from annotations.formats.web_annotation import CONTEXT

HIGHLIGHTING, ASSESSING = "highlighting", "assessing"
MEMBERS: Final[Mapping[str, Any]] = {
    "@context": (str, list),
    "id": str,
    "type": (str, list),
    "motivation": (str, list),
    "body": (dict, list, str),
    "bodyValue": str,
    "target": (dict, list, str),
    "canonical": str,
    "via": (str, list),
    "creator": (dict, list, str),
    "created": str,
    "modified": str,
    **PROVENANCE,
}
NOTED: Final = ("creator", "created", "modified")
"""What the server notes by itself."""


@dataclass(frozen=True, slots=True)
class IncomingAnnotation:
    """`noted` is what it says of creator and times; `selectors` are a selector and its JSON pointer a target.

    `provenance` is what is kept as it was sent; `motivations` those that no field of ours says.
    """

    selectors: Sequence[Selector]
    bodies: Bodies
    id: str = ""
    canonical: str = ""
    via: Sequence[str] = ()
    noted: Mapping[str, Any] = field(default_factory=dict)
    provenance: Mapping[str, Any] = field(default_factory=dict)
    motivations: Sequence[str] = ()

    def spans(self, text: str) -> list[Span]:
        """The ranges of the targets in this text: one, or the parts of a discontinuous annotation."""
        whole = (0, len(text))
        return [whole if selector is None else span_of(selector, text, at) for selector, at in self.selectors]


def read_annotation(document: Mapping[str, Any], sources: Sequence[str]) -> IncomingAnnotation:
    """`sources` are the names of the article. Raises "not_kept", "malformed", "required", "source_differs" and more."""
    check_members(document, MEMBERS, "", gettext_noop("an Annotation"))
    if _listed(document.get("@context")) != [CONTEXT]:
        raise refused(
            "/@context",
            "not_kept",
            _("Only the context {context} is read here; others could mean anything.").format(context=CONTEXT),
        )
    if _listed(document.get("type")) != ["Annotation"]:
        raise refused("/type", "malformed", _('The type must be "Annotation".'))
    motivations = _listed(document.get("motivation"))
    if not all(isinstance(each, str) for each in motivations):
        raise refused("/motivation", "malformed", _("A motivation is a word."))
    bodies = read_bodies(document, motivations)
    _check_motivation(motivations, bodies)
    return IncomingAnnotation(
        selectors=read_targets(document, sources),
        bodies=bodies,
        id=iri(document.get("id", ""), "/id"),
        canonical=iri(document.get("canonical", ""), "/canonical"),
        via=[iri(each, "/via") for each in _listed(document.get("via"))],
        noted={name: document[name] for name in NOTED if name in document},
        provenance=provenance_of(document),
        motivations=own_motivations(motivations),
    )


def _check_motivation(motivations: Sequence[str], bodies: Bodies) -> None:
    """A reason of its own has no place here; one that a body gives, or the kind of annotation, is kept with that."""
    said = {HIGHLIGHTING, *MOTIVATIONS, *bodies.purposes} | ({ASSESSING} if bodies.verdict else set())
    for motivation in motivations:
        if motivation not in said:
            sentence = _(
                'The motivation "{motivation}" cannot be kept: no body says it. This annotation may have: {listed}.'
            ).format(motivation=motivation, listed=", ".join(sorted(said)))
            raise refused("/motivation", "not_kept", sentence)


def _listed(value: Any) -> list[Any]:
    """One value and a list of one are the same in this model."""
    return value if isinstance(value, list) else [] if value is None else [value]
