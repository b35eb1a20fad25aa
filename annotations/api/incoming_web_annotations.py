"""Web Annotations that clients send: from a document to the drafts that services take, errors pointing back into it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.request import Request

from annotations.api.base import actor_of
from annotations.api.web_resources import SHORT, Shown, names_of
from annotations.core.drafts import AnnotationChanges, AnnotationDraft, EvidenceDraft, PlaceDraft, VerdictDraft
from annotations.core.errors import DomainError
from annotations.core.wording import _
from annotations.formats.incoming_bodies import Bodies
from annotations.formats.incoming_provenance import MEMBERS as PROVENANCE
from annotations.formats.incoming_web_annotation import IncomingAnnotation, read_annotation
from annotations.formats.text_selectors import Span, refused
from annotations.formats.web_annotation import CONTEXT, derived_bodies
from annotations.models import Annotation, Article
from annotations.services.annotations import create_annotation
from annotations.services.evidence import edit_with_evidence

FIXED = ("canonical", "via", "creator", "created", "modified", *PROVENANCE)
"""Members that never change, or that the server changes by itself."""


def new_annotation(request: Request, article: Article) -> tuple[Annotation, bool]:
    """The annotation that the body describes, and True; or what an earlier attempt with its Slug made, and False."""
    actor = actor_of(request)
    sent = read_annotation(_document(request), names_of(request, article))
    _check_noted(sent, actor.username)
    revision = article.current
    bodies = sent.bodies
    draft = AnnotationDraft(
        place=_place(sent.spans(revision.text)),
        revision=revision.pk,
        claim=bodies.claim,
        note=bodies.note,
        terms=bodies.terms,
        evidence=_evidence(bodies),
        verdict=_verdict(bodies),
        id=_slug(request),
        origin=_origin(sent),
    )
    with _pointing_into(bodies):
        return create_annotation(article_id=article.pk, actor=actor, draft=draft)


def replace_annotation(request: Request, annotation: Annotation, now: Shown, row: Mapping[str, Any]) -> None:
    """Make the annotation what the body says. `row` and `now` are what it is and how that was shown.

    What differs is found before the lock, so that the version looked at must still be the current one under it.
    """
    document = _without_derived(_document(request), row)
    sent = read_annotation(document, names_of(request, annotation.article))
    _check_fixed(document, now)
    _check_motivations(sent.motivations, now)
    spans = sent.spans(annotation.revision.text)
    bodies, old = sent.bodies, row["verdict"] or {"term": "", "rationale": ""}
    same_verdict = (bodies.verdict, bodies.rationale) == (old["term"], old["rationale"])
    changes = AnnotationChanges(
        place=None if spans == annotation.parts else _place(spans),
        claim=bodies.claim,
        note=bodies.note,
        terms=bodies.terms,
        verdict=None if same_verdict else _verdict(bodies),
        clear_verdict=not bodies.verdict,
    )
    with _pointing_into(bodies):
        edit_with_evidence(
            annotation_id=annotation.pk,
            actor=actor_of(request),
            seen_version=annotation.version,
            changes=changes,
            evidence=_evidence(bodies),
        )


def _document(request: Request) -> Mapping[str, Any]:
    """The body. Raises UnsupportedMediaType for JSON-LD of another profile, "malformed" for what is no object."""
    media_type, semicolon, parameters = str(request.content_type).partition(";")
    if media_type.strip().lower() == SHORT and "profile=" in parameters and CONTEXT not in parameters:
        raise UnsupportedMediaType(str(request.content_type))
    if not isinstance(request.data, Mapping):
        raise DomainError("malformed", _("The body must be a JSON object: { ... }."))
    return request.data


def _place(spans: Sequence[Span]) -> PlaceDraft:
    start, end = spans[0][0], spans[-1][1]
    return PlaceDraft(start=start, end=end, fragments=spans if len(spans) > 1 else ())


def _verdict(bodies: Bodies) -> VerdictDraft | None:
    return VerdictDraft(bodies.verdict, bodies.rationale) if bodies.verdict else None


def _evidence(bodies: Bodies) -> list[EvidenceDraft]:
    return [EvidenceDraft(url=url, quote=quote) for url, quote in bodies.evidence]


def _origin(sent: IncomingAnnotation) -> dict[str, Any]:
    """What it was elsewhere: its own id becomes one of the addresses it came by, as the protocol has it."""
    via = [*sent.via, *([sent.id] if sent.id and sent.id not in sent.via else [])]
    known = {"canonical": sent.canonical, "via": via[0] if len(via) == 1 else via, **sent.provenance}
    known["motivation"] = list(sent.motivations)
    return {name: value for name, value in known.items() if value}


def _slug(request: Request) -> UUID | None:
    """A suggested name is taken when it is a UUID, which is what names are here; any other is not needed."""
    try:
        return UUID(request.headers.get("Slug", "").strip().strip('"'))
    except ValueError:
        return None


def _check_noted(sent: IncomingAnnotation, username: str) -> None:
    """Of a new annotation the server notes who made it and when; only a creator who is the sender says the same."""
    for name, value in sent.noted.items():
        if name == "creator" and isinstance(value, dict) and value == {"type": "Person", "nickname": username}:
            continue
        sentence = _('The server notes by itself who made an annotation and when. Leave "{name}" out.').format(
            name=name
        )
        raise refused(f"/{name}", "read_only", sentence)


def _check_fixed(document: Mapping[str, Any], now: Shown) -> None:
    names = [name for name in FIXED if name in document and document[name] != now.document.get(name)]
    if names:
        sentence = _('"{name}" never changes by a request. Send it as it is, or leave it out.').format(name=names[0])
        raise refused(f"/{names[0]}", "read_only", sentence)
    if document.get("id", now.address) != now.address:
        raise refused(
            "/id", "read_only", _("This is the address of {address}, which the id must be.").format(address=now.address)
        )


def _check_motivations(sent: Sequence[str], now: Shown) -> None:
    """Reasons that no body gives are noted when an annotation is made, and stay."""
    known = now.document["motivation"]
    if absent := [each for each in sent if each not in (known if isinstance(known, list) else [known])]:
        sentence = _('The motivation "{motivation}" can only come with a new annotation. Leave it out.')
        raise refused("/motivation", "read_only", sentence.format(motivation=absent[0]))


def _without_derived(document: Mapping[str, Any], row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Bodies that say what the review did come back with everything else; they are not the client's to change."""
    body, derived = document.get("body"), derived_bodies(dict(row))
    if not derived or not isinstance(body, (list, dict)):
        return document
    left = [each for each in (body if isinstance(body, list) else [body]) if each not in derived]
    return {**document, "body": left}


@contextmanager
def _pointing_into(bodies: Bodies) -> Iterator[None]:
    """Services know fields; the client knows bodies and targets."""
    try:
        yield
    except DomainError as error:
        errors = [replace(each, pointer=_body_pointer(each.pointer, bodies)) for each in error.errors]
        raise DomainError(error.code, error.message, errors=errors, extra=error.extra) from error


def _body_pointer(pointer: str, bodies: Bodies) -> str:
    if pointer.startswith(("/start", "/end", "/exact", "/fragments")):
        return "/target"
    named = [name for name in bodies.pointers if pointer == name or pointer.startswith(f"{name}/")]
    return bodies.pointers[named[0]] if named else pointer
