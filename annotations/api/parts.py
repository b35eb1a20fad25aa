"""What hangs on one annotation: evidence, attributions, links, comments to read and add, and its history."""

from typing import Any

from django.db.models import Model, QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.annotations import annotation_of
from annotations.api.base import ApiView, ListView, actor_of, created, found, parsed
from annotations.api.describing import ID, MAYBE_IF_MATCH, WRITING, operation
from annotations.api.drafts import attribution_draft, evidence_draft
from annotations.api.etags import optional_version
from annotations.api.parsers import FormParser, StrictJSONParser
from annotations.api.readers.parts import AttributionReader, CommentReader, EventReader, EvidenceReader, LinkReader
from annotations.api.writers.parts import (
    CommentWriter,
    EvidenceFormWriter,
    LinkWriter,
    NewAttributionWriter,
    NewEvidenceWriter,
)
from annotations.api.writers.review import OutcomeWriter
from annotations.models import Annotation, Attribution, Comment, Event, Evidence, Link
from annotations.queries import thread_rows
from annotations.queries.rows import attribution_row, evidence_row
from annotations.services.comments import add_comment, resolve_comment
from annotations.services.evidence import add_attribution, add_evidence, add_link

ADDING = (403, 404, 409, 412, *WRITING)


# A list below one annotation. Subclasses give `rows`.
class OfAnnotation(ListView):
    queryset = Annotation.objects.none()

    def annotation(self) -> Annotation:
        return annotation_of(self.request, self.kwargs["id"])

    def rows(self, annotation: Annotation) -> QuerySet[Any]:
        raise NotImplementedError

    def get_queryset(self) -> QuerySet[Any]:
        return self.rows(self.annotation())

    def added(self, row: Model, fresh: bool = True) -> Response:
        """The new row, with what its answer needs read in one query."""
        stored = self.rows(Annotation(pk=row.annotation_id)).get(pk=row.pk)  # type: ignore[attr-defined]
        return Response(self.row(stored), status=created(fresh))


class AnnotationEvidence(OfAnnotation):
    parser_classes = (StrictJSONParser, FormParser)

    def rows(self, annotation: Annotation) -> QuerySet[Evidence]:
        return thread_rows.evidence_of(annotation)

    def row(self, each: Evidence) -> dict[str, Any]:
        return evidence_row(each)

    @operation("evidence_list", "Evidence", parameters=[ID], answers={200: EvidenceReader(many=True)}, refusals=(404,))
    def get(self, request: Request, id: str) -> Response:
        return self.page()

    @operation(
        "evidence_create",
        "Add evidence: an address, a file, or both",
        parameters=[ID, MAYBE_IF_MATCH],
        request={"application/json": NewEvidenceWriter, "multipart/form-data": EvidenceFormWriter},
        answers={201: EvidenceReader, 200: EvidenceReader},
        refusals=ADDING,
        filters=False,
    )
    def post(self, request: Request, id: str) -> Response:
        annotation = self.annotation()
        form = str(request.content_type).startswith(FormParser.media_type)
        data = parsed(EvidenceFormWriter if form else NewEvidenceWriter, request)
        row, fresh = add_evidence(
            annotation_id=annotation.pk,
            actor=actor_of(request),
            draft=evidence_draft(data),
            seen_version=optional_version(request._request, annotation),
            id=data.get("id"),
        )
        return self.added(row, fresh)


class AnnotationAttributions(OfAnnotation):
    def rows(self, annotation: Annotation) -> QuerySet[Attribution]:
        return thread_rows.attributions_of(annotation)

    def row(self, each: Attribution) -> dict[str, Any]:
        return attribution_row(each)

    @operation(
        "attributions_list",
        "Who says it",
        parameters=[ID],
        answers={200: AttributionReader(many=True)},
        refusals=(404,),
    )
    def get(self, request: Request, id: str) -> Response:
        return self.page()

    @operation(
        "attributions_create",
        "Add a source who says it",
        parameters=[ID, MAYBE_IF_MATCH],
        request=NewAttributionWriter,
        answers={201: AttributionReader, 200: AttributionReader},
        refusals=ADDING,
        filters=False,
    )
    def post(self, request: Request, id: str) -> Response:
        annotation = self.annotation()
        data = parsed(NewAttributionWriter, request)
        row, fresh = add_attribution(
            annotation_id=annotation.pk,
            actor=actor_of(request),
            draft=attribution_draft(data),
            seen_version=optional_version(request._request, annotation),
            id=data.get("id"),
        )
        return self.added(row, fresh)


class AnnotationLinks(OfAnnotation):
    def rows(self, annotation: Annotation) -> QuerySet[Link]:
        return thread_rows.links_of(annotation)

    def row(self, each: Link) -> dict[str, Any]:
        return thread_rows.link_row(each)

    @operation(
        "links_list", "Links drawn from it", parameters=[ID], answers={200: LinkReader(many=True)}, refusals=(404,)
    )
    def get(self, request: Request, id: str) -> Response:
        return self.page()

    @operation(
        "links_create",
        "Link it to another annotation of the desk",
        parameters=[ID, MAYBE_IF_MATCH],
        request=LinkWriter,
        answers={201: LinkReader},
        refusals=ADDING,
        filters=False,
    )
    def post(self, request: Request, id: str) -> Response:
        annotation = self.annotation()
        data = parsed(LinkWriter, request)
        row = add_link(
            annotation_id=annotation.pk,
            actor=actor_of(request),
            target_id=data["target"],
            kind=data["kind"],
            seen_version=optional_version(request._request, annotation),
        )
        return self.added(row)


class AnnotationComments(OfAnnotation):
    def rows(self, annotation: Annotation) -> QuerySet[Comment]:
        return thread_rows.comments_of(annotation)

    def row(self, each: Comment) -> dict[str, Any]:
        return thread_rows.comment_row(each)

    @operation(
        "comments_list",
        "Comments, newest first",
        parameters=[ID],
        answers={200: CommentReader(many=True)},
        refusals=(404,),
    )
    def get(self, request: Request, id: str) -> Response:
        return self.page()

    @operation(
        "comments_create",
        "Comment on it",
        parameters=[ID],
        request=CommentWriter,
        answers={201: CommentReader, 200: CommentReader},
        refusals=ADDING,
        filters=False,
    )
    def post(self, request: Request, id: str) -> Response:
        annotation = self.annotation()
        data = parsed(CommentWriter, request)
        parent = data.pop("parent")
        row, fresh = add_comment(annotation_id=annotation.pk, actor=actor_of(request), parent_id=parent, **data)
        return self.added(row, fresh)


class CommentResolution(ApiView):
    @operation(
        "comments_resolve",
        "Settle a comment",
        parameters=[ID, OpenApiParameter("comment", OpenApiTypes.UUID, OpenApiParameter.PATH)],
        request=OutcomeWriter,
        answers={200: CommentReader},
        refusals=(403, 404, *WRITING),
        description="Doing it twice changes nothing: the first outcome stays.",
    )
    def post(self, request: Request, id: str, comment: str) -> Response:
        actor = actor_of(request)
        rows = thread_rows.comments_of(annotation_of(request, id))
        row = found(rows, comment, "comment")
        resolve_comment(comment_id=row.pk, actor=actor, outcome=parsed(OutcomeWriter, request)["outcome"])
        return Response(thread_rows.comment_row(rows.get(pk=row.pk)))


class AnnotationHistory(OfAnnotation):
    def rows(self, annotation: Annotation) -> QuerySet[Event]:
        return thread_rows.events_of(annotation)

    def row(self, each: Event) -> dict[str, Any]:
        return thread_rows.event_row(each)

    @operation(
        "history_list",
        "What was done to it, newest first",
        parameters=[ID],
        answers={200: EventReader(many=True)},
        refusals=(404,),
    )
    def get(self, request: Request, id: str) -> Response:
        return self.page()
