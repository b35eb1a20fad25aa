"""Exports: everything at once, streamed, one moment of the database."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from annotations.api.article_lists import list_answer
from annotations.api.base import AnyAccept, ApiView, actor_of, checked, present
from annotations.api.compression import accepts_gzip
from annotations.api.describing import IF_NONE_MATCH, not_modified, operation
from annotations.api.fields import Moment, Text
from annotations.api.filters import DESK, HOW
from annotations.api.readers.articles import ExportedAnnotationReader
from annotations.core.errors import DomainError
from annotations.core.scopes import Scope
from annotations.core.states import AnnotationState
from annotations.core.wording import _
from annotations.formats.gzip_stream import gzipped
from annotations.models import Article, Desk, User
from annotations.queries.article_lists import LONGEST
from annotations.queries.export_files import FORMATS, export_file
from annotations.queries.export_rows import Export
from annotations.queries.matching import desk_named, on_desk
from annotations.queries.visible import visible_article

ALL = "all"
STATES = (*AnnotationState, ALL)
PARAMETERS = [
    OpenApiParameter("desk", str, description=DESK),
    OpenApiParameter("article", str, description="Id of an article."),
    OpenApiParameter(
        "state",
        str,
        many=True,
        enum=[str(state) for state in STATES],
        description=f"May be repeated: any of them; `{ALL}` for all. When not given: signed_off.",
    ),
    OpenApiParameter("since", dt.datetime, description=f"Changed at or after this moment {HOW}"),
]

SHAPES = {
    "application/json": {"type": "array", "items": {"type": "object", "additionalProperties": {}}},
    "text/csv": OpenApiTypes.STR,
    "application/tei+xml": OpenApiTypes.STR,
    "application/zip": OpenApiTypes.BINARY,
}
"""By media type; of other files no more is said than that they are JSON."""

GZIPPED = " Compressed when Accept-Encoding allows gzip."
TAGGED = f" Of one article, and without `since`, with an ETag, up to {LONGEST:,} annotations."


class ExportParameters(serializers.Serializer[Any]):
    desk = Text(required=False)
    article = Text(required=False)
    state = serializers.ListField(child=Text(), required=False)
    since = Moment(required=False)

    def validate_state(self, names: list[str]) -> list[str]:
        for name in names:
            if name not in STATES:
                raise serializers.ValidationError(
                    _('"{name}" is none of: {listed}.').format(name=name, listed=", ".join(STATES)), "invalid_choice"
                )
        return names


class FormatExport(ApiView):
    throttle_scope = "export"
    content_negotiation_class = AnyAccept
    parameters = {"GET": frozenset({"desk", "article", "state", "since"})}
    repeatable = frozenset({"state"})
    name: ClassVar[str]

    def needed_scope(self, request: Request) -> Scope:
        return Scope.EXPORT

    def get(self, request: Request) -> HttpResponseBase:
        form = FORMATS[self.name]
        response = self.answer(request, _asked(request))
        if not form.is_packed:
            patch_vary_headers(response, ["Accept-Encoding"])
        response["Content-Disposition"] = f'attachment; filename="annotations.{form.suffix}"'
        response["X-Accel-Buffering"] = "no"
        return response

    def answer(self, request: Request, asked: "Asked") -> HttpResponseBase:
        form = FORMATS[self.name]
        pieces = export_file(asked.export, self.name, request.build_absolute_uri("/"))
        if form.is_packed or not accepts_gzip(request._request):
            return StreamingHttpResponse(pieces, content_type=form.media_type)
        headers = {"Content-Encoding": "gzip"}
        return StreamingHttpResponse(gzipped(pieces), content_type=form.media_type, headers=headers)


class JsonLinesExport(FormatExport):
    def answer(self, request: Request, asked: "Asked") -> HttpResponseBase:
        if asked.article is None or asked.export.since is not None:
            return super().answer(request, asked)
        return list_answer(request, asked.article, asked.export.states) or super().answer(request, asked)


def _view(name: str) -> type[FormatExport]:
    """The view of one format, described for itself in the schema."""
    form = FORMATS[name]
    media_type = form.media_type.partition(";")[0]
    details: dict[str, Any] = {
        "parameters": PARAMETERS,
        "answers": {(200, media_type): SHAPES.get(media_type, OpenApiTypes.OBJECT)},
        "description": f"One moment of the database, oldest first. {form.note}{'' if form.is_packed else GZIPPED}",
    }
    if name == "jsonl":
        details["parameters"] = [*PARAMETERS, IF_NONE_MATCH]
        details["answers"] = {(200, media_type): ExportedAnnotationReader, 304: not_modified()}
        details |= {"description": details["description"] + TAGGED, "etag": (200, 304)}
    about = f"Annotations as {form.about}, in a stream"
    describe = operation(f"export_{name.replace('-', '_')}", about, refusals=(403, 404), **details)
    base = JsonLinesExport if name == "jsonl" else FormatExport
    made = type(f"{name.title().replace('-', '')}Export", (base,), {"name": name})
    made.get = describe(lambda self, request: FormatExport.get(self, request))  # type: ignore[attr-defined]
    return made


EXPORTS = {name: _view(name) for name in FORMATS}


@dataclass(frozen=True)
class Asked:
    """What the parameters ask for; `article` when it is one alone."""

    export: Export
    article: Article | None


def _asked(request: Request) -> Asked:
    """Raises "not_found" for a desk or article the person may not see."""
    given: dict[str, Any] = {name: request.query_params[name] for name in request.query_params}
    if "state" in given:
        given["state"] = request.query_params.getlist("state")
    data = checked(ExportParameters, given)
    states = data.get("state", [AnnotationState.SIGNED_OFF])
    article, articles = _articles(request, data)
    return Asked(Export(articles, () if ALL in states else states, data.get("since")), article)


def _articles(request: Request, data: dict[str, Any]) -> tuple[Article | None, QuerySet[Article]]:
    actor = actor_of(request)
    desk = desk_named(data["desk"], actor) if "desk" in data else None
    if "desk" in data and desk is None:
        raise DomainError("not_found", _("There is no such desk, or you do not work on it."))
    if "article" in data:
        article = _article(data["article"], actor, desk)
        return article, Article.objects.filter(pk=article.pk)
    articles: QuerySet[Article] = Article.objects.visible_to(actor)
    return None, on_desk(articles, str(desk.pk)) if desk else articles


def _article(id: str, actor: User, desk: Desk | None) -> Article:
    """Raises "not_found", also when it is on another desk than this one."""

    def look(key: UUID) -> Article | None:
        article = visible_article(key, actor)
        return article if article and (desk is None or article.desk_id == desk.pk) else None

    return present(look, id, "article")
