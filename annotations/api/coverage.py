"""The coverage ledger of an article: which sentences somebody dealt with, and marking them."""

from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base import ApiView, actor_of, found, parsed
from annotations.api.describing import ID, WRITING, operation
from annotations.api.readers.review import CoverageReader
from annotations.api.writers.review import CoverageWriter
from annotations.core.coverage import Mark
from annotations.models import Article, User
from annotations.queries.review_rows import coverage_row
from annotations.services.coverage import mark_nothing_to_check, take_mark_back


class ArticleCoverage(ApiView):
    @operation(
        "articles_coverage",
        "Which sentences somebody has dealt with",
        parameters=[ID],
        answers={200: CoverageReader},
        refusals=(404,),
    )
    def get(self, request: Request, id: str) -> Response:
        return Response(coverage_row(_article(actor_of(request), id)))

    @operation(
        "articles_cover",
        "Mark sentences as holding nothing to check, or take such marks back",
        parameters=[ID],
        request=CoverageWriter,
        answers={200: CoverageReader},
        refusals=(403, 404, 409, 412, *WRITING),
        description="Doing it twice changes nothing. Sentences that an annotation touches count as annotated.",
    )
    def post(self, request: Request, id: str) -> Response:
        actor = actor_of(request)
        article = _article(actor, id)
        data = parsed(CoverageWriter, request)
        mark = mark_nothing_to_check if data["seen"] == Mark.NOTHING_TO_CHECK else take_mark_back
        ranges = [(each["start"], each["end"]) for each in data["ranges"]]
        article = mark(article_id=article.pk, actor=actor, revision_id=data["revision"], ranges=ranges)
        return Response(coverage_row(article))


def _article(actor: User, id: str) -> Article:
    """With its text, which the sentences are cut from."""
    return found(Article.objects.visible_to(actor).select_related("revision"), id, "article")
