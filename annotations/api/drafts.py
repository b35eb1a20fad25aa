"""From parsed bodies to the drafts that services take. No rule: a missing value stays missing."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from rest_framework.request import Request

from annotations.core.drafts import (
    AnnotationChanges,
    AnnotationDraft,
    AttributionDraft,
    EvidenceDraft,
    PlaceDraft,
    VerdictDraft,
)
from annotations.core.errors import DomainError, FieldError
from annotations.core.wording import _
from annotations.models import Annotation

PLACE = ("start", "end", "exact", "prefix", "suffix", "occurrence", "fragments")
AXES = ("origin", "identification", "channel", "distance")


def annotation_draft(data: Mapping[str, Any]) -> AnnotationDraft:
    if data.get("attribution") is not None and "attributions" in data:
        sentence = _("Send attribution (one object) or attributions (a list), not both.")
        raise DomainError("contradiction", sentence, errors=[FieldError("/attribution", "contradiction", sentence)])
    sources = [data["attribution"]] if data.get("attribution") else data.get("attributions", ())
    return AnnotationDraft(
        place=place_draft(data),
        revision=data.get("revision"),
        claim=data["claim"],
        note=data["note"],
        terms=data["terms"],
        attributions=[attribution_draft(each) for each in sources],
        evidence=[evidence_draft(each) for each in data.get("evidence") or ()],
        verdict=verdict_draft(data.get("verdict")),
        assignee=data.get("assignee"),
        id=data.get("id"),
    )


def annotation_changes(data: Mapping[str, Any], annotation: Annotation) -> AnnotationChanges:
    return AnnotationChanges(
        place=moved_place(data, annotation) if any(name in data for name in PLACE) else None,
        claim=data.get("claim"),
        note=data.get("note"),
        terms=data.get("terms"),
        verdict=verdict_draft(data.get("verdict")),
        clear_verdict="verdict" in data and data["verdict"] is None,
        assignee=data.get("assignee"),
        unassign="assignee" in data and data["assignee"] is None,
    )


def place_draft(data: Mapping[str, Any]) -> PlaceDraft:
    given = {name: data[name] for name in PLACE if name in data}
    if "fragments" in given:
        given["fragments"] = [(part["start"], part["end"]) for part in given["fragments"]]
    return PlaceDraft(**given)


def moved_place(data: Mapping[str, Any], annotation: Annotation) -> PlaceDraft:
    """Of a place that names one end only, or only says "in one piece", the annotation's own range is the rest."""
    place = place_draft(data)
    in_one_piece = data.get("fragments") == [] and place.exact is None
    if (place.start is None) != (place.end is None) or (place.start is None and in_one_piece):
        start = annotation.start if place.start is None else place.start
        end = annotation.end if place.end is None else place.end
        return replace(place, start=start, end=end)
    return place


def attribution_draft(data: Mapping[str, Any]) -> AttributionDraft:
    terms: dict[str, Any] = {axis: data.get(axis) or "" for axis in AXES}
    return AttributionDraft(
        source=data["source"],
        **terms,
        source_range=_bounds(data.get("source_range")),
        cue_range=_bounds(data.get("cue_range")),
    )


def evidence_draft(data: Mapping[str, Any]) -> EvidenceDraft:
    values = {name: value for name, value in data.items() if name not in ("id", "file")}
    upload = data.get("file")
    file = (upload.name or "", upload.content_type or "", upload.read()) if upload is not None else None
    return EvidenceDraft(**values, file=file)


def verdict_draft(data: Mapping[str, Any] | None) -> VerdictDraft | None:
    return VerdictDraft(data["term"], data["rationale"], data["as_of"]) if data else None


def _bounds(data: Mapping[str, int] | None) -> tuple[int, int] | None:
    return (data["start"], data["end"]) if data else None


@contextmanager
def pointing_at(request: Request) -> Iterator[None]:
    """Services count attributions and evidence as lists; where the client sent one object, errors point into that."""
    sent, renamed = request.data, {}
    if isinstance(sent, Mapping) and sent.get("attribution") is not None:
        renamed["/attributions/0"] = "/attribution"
    if isinstance(sent, Mapping) and isinstance(sent.get("evidence"), Mapping):
        renamed["/evidence/0"] = "/evidence"
    try:
        yield
    except DomainError as error:
        if not renamed or not error.errors:
            raise
        errors = [replace(each, pointer=_renamed(each.pointer, renamed)) for each in error.errors]
        raise DomainError(error.code, error.message, errors=errors, extra=error.extra) from error


def _renamed(pointer: str, names: Mapping[str, str]) -> str:
    for old, new in names.items():
        if pointer == old or pointer.startswith(f"{old}/"):
            return new + pointer[len(old) :]
    return pointer
