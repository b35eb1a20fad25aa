"""Exports: everything at once, streamed, one moment of the database."""

import datetime as dt
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils.cache import patch_vary_headers
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from annotations.api.base import AnyAccept, ApiView, actor_of, checked, present
from annotations.api.compression import accepts_gzip
from annotations.api.describing import operation
from annotations.api.fields import Moment, Text
from annotations.api.filters import DESK, HOW
from annotations.api.readers.articles import ExportedAnnotationReader
from annotations.core.errors import DomainError
from annotations.core.scopes import Scope
from annotations.core.states import AnnotationState
from annotations.core.wording import _
from annotations.formats.gzip_stream import gzipped
from annotations.models import Article, Desk, User
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

    def get(self, request: Request) -> StreamingHttpResponse:
        form = FORMATS[self.name]
        pieces = export_file(_export(request), self.name, request.build_absolute_uri("/"))
        packed = not form.is_packed and accepts_gzip(request._request)
        response = StreamingHttpResponse(gzipped(pieces) if packed else pieces, content_type=form.media_type)
        if packed:
            response["Content-Encoding"] = "gzip"
        if not form.is_packed:
            patch_vary_headers(response, ["Accept-Encoding"])
        response["Content-Disposition"] = f'attachment; filename="annotations.{form.suffix}"'
        response["X-Accel-Buffering"] = "no"
        return response


def _view(name: str) -> type[FormatExport]:
    """The view of one format, described for itself in the schema."""
    form = FORMATS[name]
    media_type = form.media_type.partition(";")[0]
    shape = ExportedAnnotationReader if name == "jsonl" else SHAPES.get(media_type, OpenApiTypes.OBJECT)
    describe = operation(
        f"export_{name.replace('-', '_')}",
        f"Annotations as {form.about}, in a stream",
        parameters=PARAMETERS,
        answers={(200, media_type): shape},
        refusals=(403, 404),
        description=f"One moment of the database, oldest first. {form.note}{'' if form.is_packed else GZIPPED}",
    )
    made = type(f"{name.title().replace('-', '')}Export", (FormatExport,), {"name": name})
    made.get = describe(lambda self, request: FormatExport.get(self, request))  # type: ignore[attr-defined]
    return made


EXPORTS = {name: _view(name) for name in FORMATS}


def _export(request: Request) -> Export:
    """What the parameters ask for. Raises "not_found" for a desk or article the person may not see."""
    given: dict[str, Any] = {name: request.query_params[name] for name in request.query_params}
    if "state" in given:
        given["state"] = request.query_params.getlist("state")
    data = checked(ExportParameters, given)
    states = data.get("state", [AnnotationState.SIGNED_OFF])
    return Export(_articles(request, data), () if ALL in states else states, data.get("since"))


def _articles(request: Request, data: dict[str, Any]) -> QuerySet[Article]:
    actor = actor_of(request)
    desk = desk_named(data["desk"], actor) if "desk" in data else None
    if "desk" in data and desk is None:
        raise DomainError("not_found", _("There is no such desk, or you do not work on it."))
    if "article" in data:
        return Article.objects.filter(pk=_article(data["article"], actor, desk).pk)
    articles: QuerySet[Article] = Article.objects.visible_to(actor)
    return on_desk(articles, str(desk.pk)) if desk else articles


def _article(id: str, actor: User, desk: Desk | None) -> Article:
    """Raises "not_found", also when it is on another desk than this one."""

    def look(key: UUID) -> Article | None:
        article = visible_article(key, actor)
        return article if article and (desk is None or article.desk_id == desk.pk) else None

    return present(look, id, "article")
