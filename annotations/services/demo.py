"""The demo: desks, people and articles loaded from data files through the ordinary services, once."""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from annotations import ingest
from annotations.core.anchors import locate
from annotations.core.drafts import AnnotationDraft, AttributionDraft, EvidenceDraft, PlaceDraft, VerdictDraft
from annotations.core.states import Role
from annotations.models import Annotation, Article, Desk, User
from annotations.services.accounts import create_user
from annotations.services.annotations import create_annotation
from annotations.services.articles import METADATA, import_article
from annotations.services.comments import add_comment
from annotations.services.desks import create_desk, set_membership
from annotations.services.evidence import add_link

LOCK = 7_305_101


@transaction.atomic
def load_demo(folder: Path, password: str) -> bool:
    """Load the demo from `folder` unless one of its desks is there already; True when it was loaded now."""
    settings = json.loads((folder / "desks.json").read_text(encoding="utf-8"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])  # two processes may start at once
    if Desk.objects.filter(slug__in=[desk["slug"] for desk in settings["desks"]]).exists():
        return False
    desks = {each["slug"]: create_desk(**each) for each in settings["desks"]}
    people = {each["username"]: _person(each, desks, password) for each in settings["accounts"]}
    for path in sorted((folder / "articles").glob("*.json")):
        _load_article(path, desks[settings["desks"][0]["slug"]], people)
    return True


def _person(account: Mapping[str, Any], desks: Mapping[str, Desk], password: str) -> User:
    user = create_user(username=account["username"], password=password, display_name=account["display_name"])
    set_membership(desk=desks[account["desk"]], user=user, roles=[Role(role) for role in account["roles"]])
    return user


def _load_article(path: Path, desk: Desk, people: Mapping[str, User]) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    source = path.with_suffix(".txt")
    incoming = ingest.read(source.read_bytes(), media_type="text/plain", name=source.name)
    metadata = {name: data[name] for name in METADATA if name in data}
    if metadata.get("published_at"):
        metadata["published_at"] = dt.date.fromisoformat(metadata["published_at"])
    article, _ = import_article(desk_id=desk.pk, actor=people["checker"], incoming=incoming, metadata=metadata)
    made = {each["key"]: _annotate(article, incoming.text, each, people) for each in data["annotations"]}
    for link in data.get("links", ()):
        source_row, target = made[link["from"]], made[link["to"]]
        add_link(annotation_id=source_row.pk, actor=source_row.author, target_id=target.pk, kind=link["kind"])


def _annotate(article: Article, text: str, data: Mapping[str, Any], people: Mapping[str, User]) -> Annotation:
    place = _place(text, data)
    verdict = data.get("verdict")
    draft = AnnotationDraft(
        place=place,
        claim=data.get("claim", ""),
        note=data.get("note", ""),
        terms=data.get("terms", ()),
        attributions=[_attribution(text, place, each) for each in data.get("attributions", ())],
        evidence=[_evidence(each) for each in data.get("evidence", ())],
        verdict=VerdictDraft(verdict["term"], verdict["rationale"], _date(verdict.get("as_of"))) if verdict else None,
    )
    annotation, _ = create_annotation(article_id=article.pk, actor=people[data["author"]], draft=draft)
    for comment in data.get("comments", ()):
        add_comment(annotation_id=annotation.pk, actor=people[comment["author"]], text=comment["text"])
    return annotation


def _place(text: str, data: Mapping[str, Any]) -> PlaceDraft:
    anchor = locate(text, data["quote"], occurrence=data.get("occurrence"))
    fragments, after = [], anchor.start
    for part in data.get("fragments", ()):
        after = text.index(part, after)
        fragments.append((after, after + len(part)))
        after += len(part)
    return PlaceDraft(start=anchor.start, end=anchor.end, exact=anchor.exact, fragments=fragments)


def _attribution(text: str, place: PlaceDraft, data: Mapping[str, Any]) -> AttributionDraft:
    return AttributionDraft(
        source=data["source"],
        origin=data.get("origin") or "",
        identification=data.get("identification") or "",
        channel=data.get("channel") or "",
        distance=data.get("distance") or "",
        source_range=_near(text, place, data.get("source_quote")),
        cue_range=_near(text, place, data.get("cue_quote")),
    )


def _near(text: str, place: PlaceDraft, quote: str | None) -> tuple[int, int] | None:
    """Where a quote stands in the paragraph that the annotation begins in."""
    if not quote:
        return None
    start = place.start or 0
    begin = text.rfind("\n\n", 0, start) + 1
    end = text.find("\n\n", start)
    found = text.index(quote, begin, len(text) if end < 0 else end)
    return found, found + len(quote)


def _evidence(data: Mapping[str, Any]) -> EvidenceDraft:
    retrieved = data.get("retrieved_at")
    values = {name: value for name, value in data.items() if name != "retrieved_at" and value is not None}
    return EvidenceDraft(retrieved_at=dt.datetime.fromisoformat(retrieved) if retrieved else None, **values)


def _date(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None
