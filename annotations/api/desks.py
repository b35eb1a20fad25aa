"""Desks, vocabularies and terms: what a client must know to write anything. Read only."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base import ApiView, ListView, actor_of, found
from annotations.api.describing import ID, operation
from annotations.api.filters import DeskFilters, TermFilters
from annotations.api.readers.articles import DeskReader, TermReader, VocabularyReader
from annotations.models import Desk, Term, Vocabulary
from annotations.queries.desk_rows import desk_row, term_row, terms_of, vocabularies_of, vocabulary_row


class Desks(ListView):
    queryset = Desk.objects.none()

    def get_queryset(self) -> QuerySet[Desk]:
        return Desk.objects.visible_to(self.request.user)

    def row(self, each: Desk) -> dict[str, Any]:
        return desk_row(each, actor_of(self.request))

    @operation("desks_list", "The desks you are on", answers={200: DeskReader(many=True)})
    def get(self, request: Request) -> Response:
        return self.page()


class DeskDetail(ApiView):
    @operation("desks_retrieve", "One desk", parameters=[ID], answers={200: DeskReader}, refusals=(404,))
    def get(self, request: Request, id: str) -> Response:
        actor = actor_of(request)
        return Response(desk_row(found(Desk.objects.visible_to(actor), id, "desk"), actor))


class Vocabularies(ListView):
    queryset = Vocabulary.objects.none()
    filterset_class = DeskFilters

    def get_queryset(self) -> QuerySet[Vocabulary]:
        return vocabularies_of(actor_of(self.request))

    def row(self, each: Vocabulary) -> dict[str, Any]:
        return vocabulary_row(each)

    @operation("vocabularies_list", "The vocabularies of your desks", answers={200: VocabularyReader(many=True)})
    def get(self, request: Request) -> Response:
        return self.page()


class VocabularyDetail(ApiView):
    @operation(
        "vocabularies_retrieve", "One vocabulary", parameters=[ID], answers={200: VocabularyReader}, refusals=(404,)
    )
    def get(self, request: Request, id: str) -> Response:
        return Response(vocabulary_row(found(vocabularies_of(actor_of(request)), id, "vocabulary")))


class Terms(ListView):
    queryset = Term.objects.none()
    filterset_class = TermFilters

    def get_queryset(self) -> QuerySet[Term]:
        return terms_of(actor_of(self.request))

    def row(self, each: Term) -> dict[str, Any]:
        return term_row(each)

    @operation("terms_list", "The labels and verdicts of your desks", answers={200: TermReader(many=True)})
    def get(self, request: Request) -> Response:
        return self.page()


class TermDetail(ApiView):
    @operation("terms_retrieve", "One term", parameters=[ID], answers={200: TermReader}, refusals=(404,))
    def get(self, request: Request, id: str) -> Response:
        return Response(term_row(found(terms_of(actor_of(request)), id, "term")))
