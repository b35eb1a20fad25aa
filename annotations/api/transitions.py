"""Moves of annotations and articles: which there are, which you may make and why not the others, and making one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from rest_framework import status
from rest_framework.request import Request

from annotations.api.annotations import annotation_of, annotations_of, location_of, shown
from annotations.api.articles import articles_of
from annotations.api.base import ApiView, actor_of, found, parsed, tagged
from annotations.api.describing import ID, IF_MATCH, WRITING, operation
from annotations.api.etags import Versioned, seen_version
from annotations.api.readers.articles import AnnotationReader, ArticleReader
from annotations.api.readers.review import AnnotationMovesReader, ArticleMovesReader
from annotations.api.writers.review import MoveWriter
from annotations.core.errors import DomainError, FieldError
from annotations.queries.review_rows import moves_row
from annotations.queries.rows import article_row
from annotations.services.moves import move_annotation
from annotations.services.signoff import move_article

MOVING = (403, 404, 409, 412, 428, *WRITING)
ALL_OF_THEM = "All moves that leave its state. The ETag is what If-Match needs for making one."


class AnnotationTransitions(ApiView):
    @operation(
        "annotations_transitions",
        "What can be done with it next",
        parameters=[ID],
        answers={200: AnnotationMovesReader},
        refusals=(404,),
        etag=(200,),
        description=ALL_OF_THEM,
    )
    def get(self, request: Request, id: str) -> HttpResponse:
        actor = actor_of(request)
        annotation = found(annotations_of(actor).select_related("article__desk", "assignee"), id, "annotation")
        return _listed(moves_row(actor, annotation), annotation)

    @operation(
        "annotations_move",
        "Make one move: propose, approve, return, dispute, decide, reopen, withdraw",
        parameters=[ID, IF_MATCH],
        request=MoveWriter,
        answers={201: AnnotationReader},
        refusals=MOVING,
        etag=(201,),
    )
    def post(self, request: Request, id: str) -> HttpResponse:
        actor, annotation = actor_of(request), annotation_of(request, id)
        seen = seen_version(request._request, annotation)
        with _pointing_at_action():
            move_annotation(annotation_id=annotation.pk, actor=actor, seen_version=seen, **parsed(MoveWriter, request))
        return shown(annotation, status.HTTP_201_CREATED, location_of(request, annotation))


class ArticleTransitions(ApiView):
    @operation(
        "articles_transitions",
        "What can be done with it next",
        parameters=[ID],
        answers={200: ArticleMovesReader},
        refusals=(404,),
        etag=(200,),
        description=ALL_OF_THEM,
    )
    def get(self, request: Request, id: str) -> HttpResponse:
        actor = actor_of(request)
        article = found(articles_of(actor), id, "article")
        return _listed(moves_row(actor, article), article)

    @operation(
        "articles_move",
        "Make one move: start, clear, publish, reopen, retract",
        parameters=[ID, IF_MATCH],
        request=MoveWriter,
        answers={201: ArticleReader},
        refusals=MOVING,
        etag=(201,),
    )
    def post(self, request: Request, id: str) -> HttpResponse:
        actor = actor_of(request)
        article = found(articles_of(actor), id, "article")
        seen = seen_version(request._request, article)
        data = parsed(MoveWriter, request)
        with _pointing_at_action():
            move_article(
                article_id=article.pk, actor=actor, seen_version=seen, action=data["action"], reason=data["reason"]
            )
        article = articles_of(actor).get(pk=article.pk)
        location = request.build_absolute_uri(reverse("api:article", args=[article.pk]))
        return tagged(article_row(article), article, status.HTTP_201_CREATED, location)


def _listed(row: dict[str, Any], versioned: Versioned) -> HttpResponse:
    """Never cached: what somebody may do also depends on their roles and on the desk, which have no version here."""
    response = tagged(row, versioned)
    response["Cache-Control"] = "no-store"
    return response


@contextmanager
def _pointing_at_action() -> Iterator[None]:
    """An action that nobody knows is refused below, where there are no bodies to point into."""
    try:
        yield
    except DomainError as error:
        if error.code != "unknown_action":
            raise
        errors = [FieldError("/action", error.code, error.message)]
        raise DomainError(error.code, error.message, errors=errors) from error
