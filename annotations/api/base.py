"""What every view shares: who may come in, how bodies are read, how rows and pages are answered."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django_filters import MultipleChoiceFilter
from rest_framework import generics, negotiation, status
from rest_framework.parsers import BaseParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from annotations.api.etags import Versioned, is_known
from annotations.api.pagination import CURSOR, SIZE, CursorPagination
from annotations.api.parameters import check_parameters
from annotations.api.parsers import ApiRequest, StrictJSONParser
from annotations.api.scopes import ScopeAllows, usual_scope
from annotations.api.throttling import WindowThrottle
from annotations.core.errors import DomainError
from annotations.core.scopes import Scope
from annotations.core.wording import _, gettext_noop
from annotations.models import User
from annotations.queries.by_desk import ByDesk

M = TypeVar("M", bound=Model)
ANYTHING: Final = "*/*"


class JSONOnly(negotiation.DefaultContentNegotiation):
    """Content negotiation by the Accept header alone: no ?format= that would be a parameter of every address."""

    refuses = True  # whether it says 406 to anybody

    class settings:  # noqa: N801 (REST framework's name)
        URL_FORMAT_OVERRIDE = None


class AnyAccept(JSONOnly):
    """For addresses that answer with one kind of file, whatever is asked for."""

    refuses = False

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        renderer = next(iter(renderers))
        return renderer, renderer.media_type


# The base of all views. `parameters` are the query parameters of a method; any other is refused.
# No docstrings on views: the schema would show them as descriptions of operations.
class ApiView(APIView):
    permission_classes: Sequence[Any] = (IsAuthenticated, ScopeAllows)
    parser_classes: tuple[type[BaseParser], ...] = (StrictJSONParser,)
    renderer_classes = (JSONRenderer,)
    throttle_classes = (WindowThrottle,)
    content_negotiation_class = JSONOnly
    metadata_class = None
    parameters: Mapping[str, frozenset[str]] = {}
    repeatable: frozenset[str] = frozenset()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method == "OPTIONS":  # asks about the address, whatever its parameters are
            return
        method = "GET" if request.method == "HEAD" else str(request.method)
        check_parameters(request._request, self.parameters.get(method, frozenset()), self.repeatable)

    def get_format_suffix(self, **kwargs: Any) -> None:
        """REST framework would take a format that an address names, such as jsonl, for that of the answer."""

    def perform_content_negotiation(self, request: Request, force: bool = False) -> tuple[BaseRenderer, str]:
        """Most clients take whatever comes, or ask for the very kind that comes first."""
        first = self.renderer_classes[0]
        if (request._request.META.get("HTTP_ACCEPT", "").strip() or ANYTHING) in (ANYTHING, first.media_type):
            return first(), str(first.media_type)
        return super().perform_content_negotiation(request, force)

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        return ApiRequest(
            request,
            parsers=self.get_parsers(),
            authenticators=self.get_authenticators(),
            negotiator=self.get_content_negotiator(),
            parser_context=self.get_parser_context(request),
        )

    def needed_scope(self, request: Request) -> Scope | None:
        return usual_scope(request)

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        """The methods are in the Allow header."""
        return Response(status=status.HTTP_204_NO_CONTENT)


# A list, a page at a time. Subclasses give `get_queryset`, and `row` or `page_rows`.
class ListView(ApiView, generics.GenericAPIView[Any]):
    pagination_class = CursorPagination

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        filterset = getattr(cls, "filterset_class", None)
        filters = filterset.base_filters if filterset else {}
        cls.parameters = {**cls.parameters, "GET": frozenset({*filters, CURSOR, SIZE})}
        cls.repeatable = frozenset(name for name, each in filters.items() if isinstance(each, MultipleChoiceFilter))

    def row(self, each: Any) -> dict[str, Any]:
        raise NotImplementedError

    def page_rows(self, page: Sequence[Any]) -> list[dict[str, Any]]:
        return [self.row(each) for each in page]

    def page(self, database: str = DEFAULT_DB_ALIAS) -> Response:
        return self.get_paginated_response(self.page_rows(self.found_on_page(database)))

    def found_on_page(self, database: str = DEFAULT_DB_ALIAS) -> Sequence[Any]:
        return self.paginate_queryset(self.filter_queryset(self.get_queryset().using(database))) or ()


# A list that goes over all desks of a person. `get_queryset` gives what the person may see, `shown` the rows to read.
class DeskListView(ListView):
    def shown(self) -> QuerySet[Any]:
        raise NotImplementedError

    def found_on_page(self, database: str = DEFAULT_DB_ALIAS) -> Sequence[Any]:
        among = self.filter_queryset(self.get_queryset().using(database))
        pages: Any = ByDesk(actor_of(self.request), among, self.shown())
        return self.paginate_queryset(pages) or ()


def actor_of(request: Request) -> User:
    """The signed-in person; the permission classes let nobody else come this far."""
    assert isinstance(request.user, User)  # noqa: S101 (for the type checker)
    return request.user


def parsed(writer: type[Serializer[Any]], request: Request) -> dict[str, Any]:
    """The body as the writer reads it. Raises ValidationError, "malformed", "nul" and so on."""
    if not isinstance(sent := request.data, Mapping):
        raise DomainError("malformed", _("The body must be a JSON object: { ... }."))
    return checked(writer, sent)


def checked(writer: type[Serializer[Any]], data: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent as the writer reads it. Raises ValidationError."""
    return dict(_kept(writer).run_validation(data))


@cache
def _kept(writer: type[Serializer[Any]]) -> Serializer[Any]:
    """One of each kind for all requests: making its fields costs more than reading a body with them.

    Writers only parse: `run_validation` leaves nothing behind in them.
    """
    return writer()


KINDS = {
    "annotation": gettext_noop("There is no such annotation, or you may not see it."),
    "article": gettext_noop("There is no such article, or you may not see it."),
    "attribution": gettext_noop("There is no such attribution, or you may not see it."),
    "comment": gettext_noop("There is no such comment, or you may not see it."),
    "delivery": gettext_noop("There is no such delivery, or you may not see it."),
    "desk": gettext_noop("There is no such desk, or you may not see it."),
    "filter": gettext_noop("There is no such filter, or you may not see it."),
    "import": gettext_noop("There is no such import, or you may not see it."),
    "signed-off verdict": gettext_noop("There is no such signed-off verdict, or you may not see it."),
    "term": gettext_noop("There is no such term, or you may not see it."),
    "vocabulary": gettext_noop("There is no such vocabulary, or you may not see it."),
    "webhook": gettext_noop("There is no such webhook, or you may not see it."),
}
"""What is looked for, and what is said when it is not there; in English."""


def found(rows: QuerySet[M], key: str, what: str, column: str = "pk") -> M:
    """The row with this id among those the person may see. Raises "not_found", also when `key` is no UUID.

    `what` is one of KINDS.
    """
    return present(lambda id: rows.filter(**{column: id}).first(), key, what)


def present(look: Callable[[UUID], M | None], key: str, what: str) -> M:
    """What `look` finds under this id. Raises "not_found" when it is nothing, also when `key` is no UUID."""
    try:
        row = look(UUID(key))
    except ValueError:
        row = None
    if row is None:
        raise DomainError("not_found", _(KINDS[what]))
    return row


def not_modified(request: Request, etag: str) -> Response | None:
    """304 when the client has this representation already."""
    if not is_known(request._request, etag):
        return None
    return Response(status=status.HTTP_304_NOT_MODIFIED, headers={"ETag": etag})


def tagged(
    row: dict[str, Any], versioned: Versioned, code: int = status.HTTP_200_OK, location: str = ""
) -> HttpResponse:
    """A row with the ETag of its version."""
    headers = {"ETag": versioned.etag} | ({"Location": location} if location else {})
    return HttpResponse(JSONRenderer().render(row), JSONRenderer.media_type, code, headers=headers)


def created(fresh: bool) -> int:
    """201 for a row made now, 200 for one that an earlier attempt with the same id made."""
    return status.HTTP_201_CREATED if fresh else status.HTTP_200_OK
