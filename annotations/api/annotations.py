"""Annotations: list, make one, look at one, change one, withdraw one."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter
from rest_framework import status
from rest_framework.request import Request

from annotations.api.base import ApiView, DeskListView, actor_of, not_modified, parsed, present, tagged
from annotations.api.describing import ID, IF_MATCH, IF_NONE_MATCH, WRITING, operation
from annotations.api.describing import not_modified as described_304
from annotations.api.drafts import annotation_changes, annotation_draft, pointing_at
from annotations.api.etags import seen_version
from annotations.api.filters import AnnotationFilters
from annotations.api.readers.articles import AnnotationReader
from annotations.api.writers.annotations import AnnotationChangesWriter, AnnotationWriter
from annotations.api.writers.parts import ReasonWriter
from annotations.models import Annotation, User
from annotations.queries.export_rows import page_of, row_of
from annotations.queries.rows import annotation_row
from annotations.queries.visible import annotations_of_article, visible_annotation
from annotations.services.annotations import create_annotation, edit_annotation
from annotations.services.moves import move_annotation

NO_REASON = "No reason was given over the API."
REASON = OpenApiParameter("reason", str, description="Why it is withdrawn; may be sent in the body instead.")


def annotations_of(user: User) -> QuerySet[Annotation]:
    return Annotation.objects.visible_to(user)


class Annotations(DeskListView):
    queryset = Annotation.objects.none()
    filterset_class = AnnotationFilters

    def get_queryset(self) -> QuerySet[Annotation]:
        article, actor = self.article(), actor_of(self.request)
        return annotations_of(actor) if article is None else annotations_of_article(article, actor)

    def shown(self) -> QuerySet[Any, Any]:
        return Annotation.objects.values("id")

    def found_on_page(self, database: str = DEFAULT_DB_ALIAS) -> Sequence[Any]:
        if self.article() is None:
            return super().found_on_page(database)
        return self.paginate_queryset(self.filter_queryset(self.get_queryset()).values("id")) or ()

    def article(self) -> UUID | None:
        """The one that the list is narrowed to; what is no id is refused by the filter."""
        try:
            return UUID(self.request.query_params["article"])
        except (KeyError, ValueError):
            return None

    @operation("annotations_list", "Annotations, newest first", answers={200: AnnotationReader(many=True)})
    def get(self, request: Request) -> HttpResponse:
        # PostgreSQL writes the rows; nothing here looks into them.
        rows = page_of([each["id"] for each in self.found_on_page()])
        return HttpResponse(cast(Any, self.paginator).written(rows), content_type="application/json")

    @operation(
        "annotations_create",
        "Annotate a range of an article's text",
        request=AnnotationWriter,
        answers={201: AnnotationReader, 200: AnnotationReader},
        refusals=(403, 404, 409, 412, *WRITING),
        etag=(200, 201),
        filters=False,
    )
    def post(self, request: Request) -> HttpResponse:
        actor = actor_of(request)
        data = parsed(AnnotationWriter, request)
        with pointing_at(request):
            draft = annotation_draft(data)
            annotation, fresh = create_annotation(article_id=data["article"], actor=actor, draft=draft)
        location = f"{request.scheme}://{request.get_host()}{request.path}{annotation.pk}/"
        if not fresh:
            return shown(annotation, location=location)
        return tagged(annotation_row(annotation), annotation, status.HTTP_201_CREATED, location)


class AnnotationDetail(ApiView):
    parameters = {"DELETE": frozenset({"reason"})}

    @operation(
        "annotations_retrieve",
        "One annotation",
        parameters=[ID, IF_NONE_MATCH],
        answers={200: AnnotationReader, 304: described_304()},
        refusals=(404,),
        etag=(200, 304),
    )
    def get(self, request: Request, id: str) -> HttpResponse:
        annotation = annotation_of(request, id)
        return not_modified(request, annotation.etag) or shown(annotation)

    @operation(
        "annotations_update",
        "Change an annotation",
        parameters=[ID, IF_MATCH],
        request=AnnotationChangesWriter,
        answers={200: AnnotationReader},
        refusals=(403, 404, 409, 412, 428, *WRITING),
        etag=(200,),
        description="Of a range that moves at one end, send that end alone. A moved range without fragments is whole.",
    )
    def patch(self, request: Request, id: str) -> HttpResponse:
        annotation = annotation_of(request, id)
        seen = seen_version(request._request, annotation)
        changes = annotation_changes(parsed(AnnotationChangesWriter, request), annotation)
        edit_annotation(annotation_id=annotation.pk, actor=actor_of(request), seen_version=seen, changes=changes)
        return shown(annotation)

    @operation(
        "annotations_withdraw",
        "Withdraw an annotation",
        parameters=[ID, IF_MATCH, REASON],
        request=ReasonWriter,
        answers={200: AnnotationReader},
        refusals=(403, 404, 409, 412, 428, *WRITING),
        etag=(200,),
        description="Nothing is deleted: the answer is the annotation in the state withdrawn.",
    )
    def delete(self, request: Request, id: str) -> HttpResponse:
        annotation = annotation_of(request, id)
        seen = seen_version(request._request, annotation)
        reason = parsed(ReasonWriter, request)["reason"] or request.query_params.get("reason", "")
        move_annotation(
            annotation_id=annotation.pk,
            actor=actor_of(request),
            action="withdraw",
            seen_version=seen,
            reason=reason or NO_REASON,
        )
        return shown(annotation)


def annotation_of(request: Request, id: str) -> Annotation:
    """The annotation with this id, if the person may see it. Raises "not_found"."""
    actor = actor_of(request)
    return present(lambda key: visible_annotation(key, actor), id, "annotation")


def shown(annotation: Annotation, code: int = status.HTTP_200_OK, location: str = "") -> HttpResponse:
    """The annotation as it is now, read in one statement."""
    row = row_of(annotation.pk)
    annotation.version = row["version"]
    return tagged(row, annotation, code, location)


def location_of(request: Request, annotation: Annotation) -> str:
    return request.build_absolute_uri(reverse("api:annotation", args=[annotation.pk]))
