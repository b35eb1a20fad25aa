"""Revisions of an article: new copy, older texts as they were, what was carried over, and deciding on the rest."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.annotations import annotation_of, shown
from annotations.api.base import ApiView, ListView, actor_of, created, found, parsed
from annotations.api.describing import ID, IF_MATCH, MAYBE_IF_MATCH, WRITING, operation
from annotations.api.drafts import PLACE, place_draft
from annotations.api.etags import optional_version, seen_version
from annotations.api.incoming import read_source
from annotations.api.parsers import FormParser, StrictJSONParser
from annotations.api.parts import OfAnnotation
from annotations.api.readers.articles import AnnotationReader, FullRevisionReader
from annotations.api.readers.revisions import CarryOverReader, RevisedReader, StepReader, WholeRevisionReader
from annotations.api.writers.articles import RevisionFormWriter, RevisionWriter
from annotations.api.writers.revisions import ChoiceWriter
from annotations.core.errors import DomainError
from annotations.core.wording import _
from annotations.models import Annotation, Article, Placement, Revision
from annotations.permissions import require
from annotations.queries.carry_over import carry_over_row, placements_into, standing_in, standing_row, step_row, way_of
from annotations.queries.thread_rows import full_revision_row, revisions_of
from annotations.services.placing import place_annotation
from annotations.services.revisions import revise_article

NUMBER = OpenApiParameter("number", OpenApiTypes.INT, OpenApiParameter.PATH)


class Revisions(ListView):
    queryset = Revision.objects.none()
    parser_classes = (StrictJSONParser, FormParser)

    def get_queryset(self) -> QuerySet[Revision]:
        return revisions_of(_article(self.request, self.kwargs["id"]))

    def row(self, each: Revision) -> dict[str, Any]:
        return full_revision_row(each)

    @operation(
        "revisions_list",
        "The frozen texts of an article, newest first",
        parameters=[ID],
        answers={200: FullRevisionReader(many=True)},
        refusals=(404,),
    )
    def get(self, request: Request, id: str) -> Response:
        return self.page()

    @operation(
        "revisions_create",
        "Bring in new copy; annotations are carried over",
        parameters=[ID, MAYBE_IF_MATCH],
        request={"application/json": RevisionWriter, "multipart/form-data": RevisionFormWriter},
        answers={201: RevisedReader, 200: RevisedReader},
        refusals=(403, 404, 409, 412, *WRITING),
        filters=False,
        description="Answers 200, with `created` false, when the text is the current one to the letter. If-Match takes "
        "the ETag of the article. A cleared or published article goes back to checking; only its head may do that.",
    )
    def post(self, request: Request, id: str) -> Response:
        article = _article(request, id)
        seen = optional_version(request._request, article)
        form = str(request.content_type).startswith(FormParser.media_type)
        data = parsed(RevisionFormWriter if form else RevisionWriter, request)
        require(actor_of(request), "revise", article)
        incoming = read_source(article.desk, data)
        revision, fresh = revise_article(
            article_id=article.pk, actor=actor_of(request), incoming=incoming, seen_version=seen
        )
        report = carry_over_row(revision, list(placements_into(revision)))
        location = request.build_absolute_uri(reverse("api:revision", args=[article.pk, revision.number]))
        return Response({**report, "created": fresh}, status=created(fresh), headers={"Location": location})


class RevisionDetail(ApiView):
    @operation(
        "revisions_retrieve",
        "One text with its annotations as they were",
        parameters=[ID, NUMBER],
        answers={200: WholeRevisionReader},
        refusals=(404,),
    )
    def get(self, request: Request, id: str, number: str) -> Response:
        revision = _revision(request, id, number)
        rows = [standing_row(*each) for each in standing_in(revision)]
        return Response({**full_revision_row(revision), "text": revision.text, "annotations": rows})


class CarryOver(ApiView):
    @operation(
        "revisions_carry_over",
        "What a revision did to the annotations of the one before",
        parameters=[ID, NUMBER],
        answers={200: CarryOverReader},
        refusals=(404,),
    )
    def get(self, request: Request, id: str, number: str) -> Response:
        revision = _revision(request, id, number)
        return Response(carry_over_row(revision, list(placements_into(revision))))


class AnnotationPlace(ApiView):
    @operation(
        "annotations_place",
        "Decide where it stands in newer copy that changed its words",
        parameters=[ID, IF_MATCH],
        request=ChoiceWriter,
        answers={200: AnnotationReader},
        refusals=(403, 404, 409, 412, 428, *WRITING),
        etag=(200,),
    )
    def post(self, request: Request, id: str) -> HttpResponse:
        annotation = annotation_of(request, id)
        seen = seen_version(request._request, annotation)
        data = parsed(ChoiceWriter, request)
        place = place_draft(data) if any(name in data for name in PLACE) else None
        place_annotation(
            annotation_id=annotation.pk,
            actor=actor_of(request),
            choice=data["choice"],
            seen_version=seen,
            place=place,
        )
        return shown(annotation)


class AnnotationPlacements(OfAnnotation):
    def rows(self, annotation: Annotation) -> QuerySet[Placement]:
        return way_of(annotation)

    def row(self, each: Placement) -> dict[str, Any]:
        return step_row(each)

    @operation(
        "placements_list",
        "Its way through the revisions, newest step first",
        parameters=[ID],
        answers={200: StepReader(many=True)},
        refusals=(404,),
    )
    def get(self, request: Request, id: str) -> Response:
        return self.page()


def _article(request: Request, id: str) -> Article:
    return found(Article.objects.visible_to(actor_of(request)).select_related("desk"), id, "article")


def _revision(request: Request, id: str, number: str) -> Revision:
    article = _article(request, id)
    rows = Revision.objects.filter(article=article).select_related("source", "created_by").defer("source__content")
    revision = rows.filter(number=int(number)).first() if number.isdecimal() and len(number) < 9 else None
    if revision is None:
        raise DomainError("not_found", _("There is no such revision of this article."))
    return revision
