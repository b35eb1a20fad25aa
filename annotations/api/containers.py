"""An article's container of Web Annotations: what it holds, page by page; a new one (W3C Web Annotation Protocol)."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.articles import articles_of
from annotations.api.base import actor_of, created, found, not_modified
from annotations.api.describing import ID, IF_NONE_MATCH, WRITING, operation
from annotations.api.describing import not_modified as described_304
from annotations.api.incoming_web_annotations import new_annotation
from annotations.api.prefer import DESCRIPTIONS, IRIS, MINIMAL, included
from annotations.api.web_resources import LDP, SHORT, LinkedDataView, container_address, shown, tag_of
from annotations.core.errors import DomainError
from annotations.core.wording import _
from annotations.formats.web_annotation import MEDIA_TYPE
from annotations.formats.web_resources import Collection, container, page, resource
from annotations.models import Annotation, Article
from annotations.queries.web_annotations import contained, found_alone, found_on_page, last_change, with_articles

PAGE_SIZE: Final = 100
MOST_PAGES: Final = 10**6
PREFERENCES: Final = frozenset({MINIMAL, IRIS, DESCRIPTIONS})
PARAMETERS = [
    OpenApiParameter("iris", int, enum=[0, 1], description="1: pages hold addresses only. 0: whole annotations."),
    OpenApiParameter("page", int, description="Number of a page, counted from 0; without it, the container itself."),
    OpenApiParameter(
        "Prefer",
        str,
        OpenApiParameter.HEADER,
        description=f'return=representation;include="..." with {MINIMAL}, {IRIS} or {DESCRIPTIONS}.',
    ),
]
SLUG = OpenApiParameter("Slug", str, OpenApiParameter.HEADER, description="A UUID of your making, for a safe retry.")


class ContainerParameters(serializers.Serializer[Any]):
    iris = serializers.ChoiceField(["0", "1"], required=False)
    page = serializers.IntegerField(required=False, min_value=0, max_value=MOST_PAGES)


class WebAnnotations(LinkedDataView):
    parameters = {"GET": frozenset({"iris", "page"}), "OPTIONS": frozenset({"iris", "page"})}
    links = (
        (f"{LDP}BasicContainer", "type"),
        ("http://www.w3.org/TR/annotation-protocol/", f"{LDP}constrainedBy"),
    )
    vary = "Accept, Prefer"

    @property
    def default_response_headers(self) -> dict[str, str]:
        return {**super().default_response_headers, "Accept-Post": MEDIA_TYPE}

    @operation(
        "article_web_annotations_list",
        "The annotations of an article as a W3C container, or a page of it",
        parameters=[ID, *PARAMETERS, IF_NONE_MATCH],
        answers={(200, SHORT): OpenApiTypes.OBJECT, 304: described_304()},
        refusals=(404,),
        etag=(200, 304),
        description="An AnnotationCollection that is an LDP BasicContainer: what has its place in the current text and "
        f"was not withdrawn, oldest first, {PAGE_SIZE} on a page.",
    )
    def get(self, request: Request, id: str) -> Response:
        article = found(articles_of(actor_of(request)), id, "article")
        parameters = ContainerParameters(data=request.query_params.dict())
        parameters.is_valid(raise_exception=True)
        number = parameters.validated_data.get("page")
        wanted = included(request.headers.get("Prefer")) & PREFERENCES
        iris = parameters.validated_data.get("iris", str(int(IRIS in wanted and DESCRIPTIONS not in wanted))) == "1"
        collection = _collection(request, article, iris)
        if number is None:
            return self._container(request, article, collection, wanted)
        if number > collection.last:
            raise DomainError("not_found", _("The last page is {last}, counted from 0.").format(last=collection.last))
        self.headers = {**self.headers, "Allow": "GET, HEAD, OPTIONS"}
        return _answer(request, page(collection, number, _items(request, article, collection, number)), {})

    @operation(
        "article_web_annotations_create",
        "Annotate an article with a W3C Web Annotation",
        parameters=[ID, SLUG],
        request={SHORT: OpenApiTypes.OBJECT},
        answers={(201, SHORT): OpenApiTypes.OBJECT, (200, SHORT): OpenApiTypes.OBJECT},
        refusals=(403, 404, 409, 412, *WRITING),
        etag=(200, 201),
        description="Its selectors are looked up in the article's text and must agree. What cannot be kept is refused.",
    )
    def post(self, request: Request, id: str) -> Response:
        article = found(articles_of(actor_of(request)).defer(None), id, "article")
        made, fresh = new_annotation(request, article)
        annotation = with_articles(Annotation.objects.filter(pk=made.pk)).get()
        answered = shown(request, annotation, found_alone(annotation))
        headers = {"ETag": answered.etag, "Location": answered.address, "Content-Location": answered.address}
        return Response(answered.document, status=created(fresh), headers=headers)

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        """As HEAD, without a representation: the protocol asks for an entity tag on every answer of a container."""
        asked = self.request
        article = found(articles_of(actor_of(asked)), kwargs["id"], "article")
        collection = _collection(asked, article, iris=False)
        return Response(status=200, headers={"ETag": tag_of([collection.total, collection.modified])})

    def _container(
        self, request: Request, article: Article, collection: Collection, wanted: frozenset[str]
    ) -> Response:
        first = None if MINIMAL in wanted else _items(request, article, collection, 0)
        headers = {"Content-Location": collection.id}
        if wanted:
            headers["Preference-Applied"] = "return=representation"
        return _answer(request, container(collection, first), headers)


def _collection(request: Request, article: Article, iris: bool) -> Collection:
    return Collection(
        address=container_address(request, article),
        label=article.title,
        total=contained(article).count(),
        modified=last_change(article),
        page_size=PAGE_SIZE,
        iris=iris,
    )


def _items(request: Request, article: Article, collection: Collection, number: int) -> list[Any]:
    start = number * PAGE_SIZE
    ids: list[UUID] = list(contained(article).values_list("pk", flat=True)[start : start + PAGE_SIZE])
    if collection.iris:
        return [f"{collection.address}{id}/" for id in ids]
    return [
        resource(each.row, f"{collection.address}{each.row['id']}/", each.origin)
        for each in found_on_page(article, ids)
    ]


def _answer(request: Request, document: dict[str, Any], headers: dict[str, str]) -> Response:
    etag = tag_of(document)
    return not_modified(request, etag) or Response(document, headers={"ETag": etag, **headers})
