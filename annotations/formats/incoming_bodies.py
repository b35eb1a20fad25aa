"""Bodies of a Web Annotation on their way in: each says by its purpose which of our fields it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from annotations.core.wording import _, gettext_noop
from annotations.formats.text_selectors import QUOTE, check_members, refused

PLAIN: Final = "text/plain"
FIELDS: Final = {
    "describing": "claim",
    "commenting": "note",
    "tagging": "terms",
    "classifying": "verdict",
    "assessing": "rationale",
}
"""By purpose of a textual body, our field."""
LINKING: Final = "linking"
POINTERS: Final = {"claim": "/claim", "note": "/note", "verdict": "/verdict/term", "rationale": "/verdict/rationale"}
"""Where services say that a field is wrong."""


@dataclass(slots=True)
class Bodies:
    """`evidence` holds (address, quote); `pointers` say where in the document what services know as "/terms/0" is."""

    claim: str = ""
    note: str = ""
    terms: list[str] = field(default_factory=list)
    verdict: str = ""
    rationale: str = ""
    evidence: list[tuple[str, str]] = field(default_factory=list)
    purposes: set[str] = field(default_factory=set)
    pointers: dict[str, str] = field(default_factory=dict)


def read_bodies(document: Mapping[str, Any], motivations: Sequence[str]) -> Bodies:
    """Raises "not_kept", "malformed", "required", "repeated"."""
    if "bodyValue" in document and "body" in document:
        raise refused("/bodyValue", "malformed", _("Send body or bodyValue, not both."))
    bodies = Bodies()
    if "bodyValue" in document:
        _add_text(bodies, {"value": document["bodyValue"]}, motivations, "/bodyValue")
    sent = document.get("body", [])
    for number, body in enumerate(sent if isinstance(sent, list) else [sent]):
        _add(bodies, body, motivations, f"/body/{number}" if isinstance(sent, list) else "/body")
    if bodies.rationale and not bodies.verdict:
        sentence = _(
            "A rationale needs its verdict: a body with the purpose classifying whose value is the term's key."
        )
        raise refused(bodies.pointers["/verdict/rationale"], "required", sentence)
    return bodies


def _add(bodies: Bodies, body: Any, motivations: Sequence[str], at: str) -> None:
    kind = body.get("type") if isinstance(body, dict) else None
    if kind == "TextualBody":
        _add_text(bodies, body, motivations, at)
    elif kind == "SpecificResource" or (kind is None and isinstance(body, dict) and "source" in body):
        _add_evidence(bodies, body, at)
    elif isinstance(body, str):
        _add_evidence(bodies, {"source": body}, at)
    elif isinstance(body, dict) and "id" in body:
        check_members(body, {"id": str}, at, gettext_noop("a resource as a body"))
        _add_evidence(bodies, {"source": body["id"]}, at)
    else:
        sentence = _(
            "This body cannot be kept. Send a TextualBody whose purpose is one of {listed}; or, as "
            "evidence, an address or a SpecificResource with the purpose {linking}."
        ).format(listed=", ".join(FIELDS), linking=LINKING)
        raise refused(at, "not_kept", sentence)


def _add_text(bodies: Bodies, body: dict[str, Any], motivations: Sequence[str], at: str) -> None:
    known = {"type": str, "value": str, "format": str, "purpose": str}
    check_members(body, known, at, gettext_noop("a TextualBody"))
    if body.get("format", PLAIN) != PLAIN:
        raise refused(
            f"{at}/format",
            "not_kept",
            _("Text is kept as {plain} only; this would become something else.").format(plain=PLAIN),
        )
    if not body.get("value"):
        raise refused(f"{at}/value", "required", _("A TextualBody needs a value that is not empty."))
    purpose = body.get("purpose") or _usual_purpose(motivations)
    if purpose not in FIELDS:
        named, listed = f"{at}/purpose" if body.get("purpose") else "/motivation", ", ".join(FIELDS)
        raise refused(
            named,
            "not_kept",
            _('A text with the purpose "{purpose}" has no place here: {listed}.').format(
                purpose=purpose, listed=listed
            ),
        )
    _set(bodies, FIELDS[purpose], body["value"], at)
    bodies.purposes.add(purpose)


def _usual_purpose(motivations: Sequence[str]) -> str:
    """A text that names no purpose has the annotation's motivation; a mere highlight with words to it is a comment."""
    named = [each for each in motivations if each != "highlighting"]
    return named[0] if len(named) == 1 else "commenting"


def _set(bodies: Bodies, name: str, value: str, at: str) -> None:
    if name == "terms":
        if value in bodies.terms:
            raise refused(at, "repeated", _('The label "{value}" is sent twice.').format(value=value))
        bodies.pointers[f"/terms/{len(bodies.terms)}"] = at
        bodies.terms.append(value)
        return
    if getattr(bodies, name):
        sentence = _("An annotation has one {name}; this is a second one. Put it into one body.").format(name=name)
        raise refused(at, "repeated", sentence)
    setattr(bodies, name, value)
    bodies.pointers[POINTERS[name]] = at


def _add_evidence(bodies: Bodies, body: dict[str, Any], at: str) -> None:
    known = {"type": str, "source": str, "purpose": str, "selector": dict}
    check_members(body, known, at, gettext_noop("a SpecificResource"))
    if body.get("purpose", LINKING) != LINKING:
        sentence = _('A resource is kept as evidence, with the purpose {linking}; "{purpose}" is not.').format(
            linking=LINKING, purpose=body["purpose"]
        )
        raise refused(f"{at}/purpose", "not_kept", sentence)
    if not body.get("source"):
        raise refused(f"{at}/source", "required", _("Evidence needs its address as the source."))
    quote = body.get("selector", {"type": QUOTE, "exact": ""})
    check_members(quote, {"type": str, "exact": str}, f"{at}/selector", gettext_noop("the quote of evidence"))
    if quote.get("type") != QUOTE:
        raise refused(
            f"{at}/selector",
            "not_kept",
            _("Of evidence a {quote} can be kept, and no other selector.").format(quote=QUOTE),
        )
    bodies.pointers[f"/evidence/{len(bodies.evidence)}"] = at
    bodies.evidence.append((body["source"], quote.get("exact", "")))
    bodies.purposes.add(LINKING)
