"""A Web Annotation on its way in: what of it we have a place for. The rest is refused with a reason, never dropped.

Source: https://www.w3.org/TR/annotation-model/. It reads the JSON that the model's context stands for; other contexts
could mean anything, and are refused as the protocol allows.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from annotations.core.wording import _, gettext_noop
from annotations.formats.incoming_bodies import Bodies, read_bodies
from annotations.formats.text_selectors import Span, check_members, refused, span_of
from annotations.formats.web_annotation import CONTEXT

IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]{1,2000}")
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
}
TARGET: Final[Mapping[str, Any]] = {"type": str, "source": (str, dict), "selector": (dict, list)}
NOTED: Final = ("creator", "created", "modified")
"""What the server notes by itself."""


@dataclass(frozen=True, slots=True)
class IncomingAnnotation:
    """`noted` is what it says of creator and times; `selectors` are a selector and its JSON pointer a target."""

    selectors: Sequence[tuple[Any, str]]
    bodies: Bodies
    id: str = ""
    canonical: str = ""
    via: Sequence[str] = ()
    noted: Mapping[str, Any] = field(default_factory=dict)

    def spans(self, text: str) -> list[Span]:
        """The ranges of the targets in this text: one, or the parts of a discontinuous annotation."""
        return [span_of(selector, text, at) for selector, at in self.selectors]


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
        selectors=_selectors(document, sources),
        bodies=bodies,
        id=_iri(document.get("id", ""), "/id"),
        canonical=_iri(document.get("canonical", ""), "/canonical"),
        via=[_iri(each, "/via") for each in _listed(document.get("via"))],
        noted={name: document[name] for name in NOTED if name in document},
    )


def _selectors(document: Mapping[str, Any], sources: Sequence[str]) -> list[tuple[Any, str]]:
    if not (targets := _listed(document.get("target"))):
        raise refused("/target", "required", _("An Annotation needs a target: words of the article."))
    many = isinstance(document["target"], list)
    return [_target(each, sources, f"/target/{number}" if many else "/target") for number, each in enumerate(targets)]


def _target(target: Any, sources: Sequence[str], at: str) -> tuple[Any, str]:
    if isinstance(target, str):
        raise refused(
            at, "not_kept", _("A whole article is not annotated here. Send a target with source and selector.")
        )
    check_members(target, TARGET, at, gettext_noop("a target"))
    if target.get("type", "SpecificResource") != "SpecificResource":
        raise refused(f"{at}/type", "not_kept", _("A target is a SpecificResource here."))
    source = target.get("source")
    if isinstance(source, dict):
        check_members(source, {"id": str}, f"{at}/source", gettext_noop("a source"))
        source = source.get("id")
    if source not in sources:
        sentence = (
            _("It names no source. The article's names: {listed}.")
            if source is None
            else _('"{source}" is not the article of this container. The article\'s names: {listed}.')
        )
        listed = ", ".join(sources)
        raise refused(f"{at}/source", "source_differs", sentence.format(source=source, listed=listed))
    if "selector" not in target:
        raise refused(f"{at}/selector", "required", _("Say which words are meant: send a selector."))
    return target["selector"], f"{at}/selector"


def _check_motivation(motivations: Sequence[str], bodies: Bodies) -> None:
    """A reason of its own has no place here; one that a body gives, or the kind of annotation, is kept with that."""
    said = {HIGHLIGHTING, *bodies.purposes} | ({ASSESSING} if bodies.verdict else set())
    for motivation in motivations:
        if motivation not in said:
            sentence = _(
                'The motivation "{motivation}" cannot be kept: no body says it. This annotation may have: {listed}.'
            ).format(motivation=motivation, listed=", ".join(sorted(said)))
            raise refused("/motivation", "not_kept", sentence)


def _iri(value: Any, at: str) -> str:
    if value == "" or (isinstance(value, str) and IRI.fullmatch(value)):
        return str(value)
    raise refused(at, "malformed", _("This must be an absolute IRI of at most 2,000 characters."))


def _listed(value: Any) -> list[Any]:
    """One value and a list of one are the same in this model."""
    return value if isinstance(value, list) else [] if value is None else [value]
