"""Articles: list, bring one in, look at one, correct what is known about one."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from rest_framework.request import Request

from annotations.api.base import ApiView, DeskListView, actor_of, created, found, not_modified, parsed, tagged
from annotations.api.describing import ID, IF_MATCH, IF_NONE_MATCH, WRITING, operation
from annotations.api.describing import not_modified as described_304
from annotations.api.etags import seen_version
from annotations.api.filters import ArticleFilters
from annotations.api.incoming import incoming_article
from annotations.api.parsers import FormParser, StrictJSONParser
from annotations.api.readers.articles import ArticleReader
from annotations.api.writers.articles import ArticleChangesWriter, ArticleFormWriter, ArticleWriter
from annotations.models import Article, User
from annotations.queries.rows import article_row
from annotations.services.articles import edit_article


def articles_of(user: User) -> QuerySet[Article]:
    return Article.objects.visible_to(user).with_revision()


class Articles(DeskListView):
    queryset = Article.objects.none()
    filterset_class = ArticleFilters
    parser_classes = (StrictJSONParser, FormParser)

    def get_queryset(self) -> QuerySet[Article]:
        return Article.objects.visible_to(actor_of(self.request))

    def shown(self) -> QuerySet[Article]:
        return Article.objects.with_revision()

    def row(self, each: Article) -> dict[str, Any]:
        return article_row(each)

    @operation("articles_list", "Articles, newest first", answers={200: ArticleReader(many=True)})
    def get(self, request: Request) -> HttpResponse:
        return self.page()

    @operation(
        "articles_create",
        "Bring in an article from text, HTML, an address or a file",
        request={"application/json": ArticleWriter, "multipart/form-data": ArticleFormWriter},
        answers={201: ArticleReader, 200: ArticleReader},
        refusals=(403, 404, 409, 502, *WRITING),
        etag=(200, 201),
        filters=False,
    )
    def post(self, request: Request) -> HttpResponse:
        form = str(request.content_type).startswith(FormParser.media_type)
        data = parsed(ArticleFormWriter if form else ArticleWriter, request)
        article, fresh = incoming_article(actor_of(request), data)
        location = request.build_absolute_uri(reverse("api:article", args=[article.pk]))
        return tagged(article_row(article), article, created(fresh), location)


class ArticleDetail(ApiView):
    @operation(
        "articles_retrieve",
        "One article",
        parameters=[ID, IF_NONE_MATCH],
        answers={200: ArticleReader, 304: described_304()},
        refusals=(404,),
        etag=(200, 304),
    )
    def get(self, request: Request, id: str) -> HttpResponse:
        article = found(articles_of(actor_of(request)), id, "article")
        return not_modified(request, article.etag) or tagged(article_row(article), article)

    @operation(
        "articles_update",
        "Correct what is known about an article",
        parameters=[ID, IF_MATCH],
        request=ArticleChangesWriter,
        answers={200: ArticleReader},
        refusals=(403, 404, 409, 412, 428, *WRITING),
        etag=(200,),
    )
    def patch(self, request: Request, id: str) -> HttpResponse:
        actor = actor_of(request)
        seen = seen_version(request._request, article := found(articles_of(actor), id, "article"))
        changes = parsed(ArticleChangesWriter, request)
        article = edit_article(article_id=article.pk, actor=actor, seen_version=seen, changes=changes)
        return tagged(article_row(article), article)
