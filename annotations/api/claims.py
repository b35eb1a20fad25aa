"""Search through fact-checked claims, for clients of Google's Fact Check Tools API: its parameters, its answers."""

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import astuple
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.http.request import split_domain_port
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.authentication import KEY, KeyAuthentication, TokenAuthentication
from annotations.api.base import ApiView, actor_of
from annotations.api.describing import operation
from annotations.api.fields import OneOf, Text
from annotations.api.pagination import MOST
from annotations.api.readers.claims import ClaimsReader
from annotations.core.errors import DomainError, FieldError
from annotations.core.field_masks import field_mask, masked
from annotations.core.wording import _
from annotations.formats.claims_search import NAMES, answer
from annotations.queries.claims import Search, claims_found
from annotations.queries.verdict_rows import reviewed_row

USUAL: Final = 10
INT32: Final = 2**31 - 1
DIGEST: Final = 8
"""Bytes of a page token that say which search it belongs to."""

PARAMETERS = [
    OpenApiParameter("query", str, description="Words. Required unless reviewPublisherSiteFilter is given."),
    OpenApiParameter("languageCode", str, description="BCP 47, such as en-US; the region does not count."),
    OpenApiParameter(
        "reviewPublisherSiteFilter", str, description="Host of the publisher: this site, or nothing is found."
    ),
    OpenApiParameter("maxAgeDays", int, description="Of the newer of claim and review; 0 is no limit."),
    OpenApiParameter("pageSize", int, description=f"{USUAL} when not given; more than {MOST} is {MOST}."),
    OpenApiParameter("pageToken", str, description="nextPageToken of the answer before, with the same search."),
    OpenApiParameter("offset", int, description="Where to begin, counted from 0; not looked at with a pageToken."),
    OpenApiParameter("alt", str, enum=["json"]),
    OpenApiParameter("fields", str, description="A field mask, such as claims(text,claimReview/textualRating)."),
    OpenApiParameter("prettyPrint", bool, description="With line breaks and indents."),
]


class Alt(StrEnum):
    JSON = "json"


class ClaimsParameters(serializers.Serializer[Any]):
    query = Text(required=False)
    languageCode = Text(required=False, default="")
    reviewPublisherSiteFilter = Text(required=False)
    maxAgeDays = serializers.IntegerField(required=False, default=0, min_value=0, max_value=INT32)
    pageSize = serializers.IntegerField(required=False, default=0, min_value=0, max_value=INT32)
    pageToken = Text(required=False)
    offset = serializers.IntegerField(required=False, default=0, min_value=0, max_value=INT32)
    alt = OneOf(Alt, required=False)
    prettyPrint = serializers.BooleanField(required=False, default=False)


class ClaimsSearch(ApiView):
    authentication_classes = (TokenAuthentication, KeyAuthentication, SessionAuthentication)
    parameters = {"GET": frozenset({KEY, *(each.name for each in PARAMETERS)})}
    pretty = False

    def get_renderer_context(self) -> dict[str, Any]:
        return {**super().get_renderer_context(), "indent": 2 if self.pretty else None}

    @operation(
        "claims_search",
        "Search through fact-checked claims, as Google's Fact Check Tools API does",
        parameters=PARAMETERS,
        answers={200: ClaimsReader},
        refusals=(403,),
        description="Signed-off verdicts that you may see, newest first. What is not known, or not asked for, "
        "is left out.",
    )
    def get(self, request: Request) -> Response:
        given = request.query_params.dict()
        mask = field_mask(given.pop("fields"), NAMES) if "fields" in given else {}
        given.pop(KEY, None)
        parameters = ClaimsParameters(data=given)
        parameters.is_valid(raise_exception=True)
        data = parameters.validated_data
        self.pretty = data["prettyPrint"]
        return Response(masked(_found(request, data), mask))


def _found(request: Request, data: dict[str, Any]) -> dict[str, Any]:
    words = tuple(data.get("query", "").split())
    if not words and "reviewPublisherSiteFilter" not in data:
        raise _refused("query", "required", _("Give a query, or a reviewPublisherSiteFilter."))
    search = Search(words, data["languageCode"], data["maxAgeDays"])
    before = _last_of(data["pageToken"], search) if "pageToken" in data else None
    base = request.build_absolute_uri("/")
    site = _host(request.get_host())
    if _host(data.get("reviewPublisherSiteFilter", site)) != site:
        return answer((), base, site)
    first = 0 if before else data["offset"]
    size = min(data["pageSize"] or USUAL, MOST)
    rows = list(claims_found(actor_of(request), search, before)[first : first + size + 1])
    token = _token(rows[size - 1].pk, search) if len(rows) > size else ""
    return answer(map(reviewed_row, rows[:size]), base, site, token)


def _host(name: str) -> str:
    """A site as the API names one: its host, without port and "www."."""
    return split_domain_port(name)[0].removeprefix("www.")


def _token(last: UUID, search: Search) -> str:
    return urlsafe_b64encode(last.bytes + _digest(search)).decode()


def _last_of(token: str, search: Search) -> UUID:
    """The verdict that ended the page before. Raises "invalid_cursor", also for the token of another search."""
    try:
        raw = urlsafe_b64decode(token.encode("ascii"))
        if urlsafe_b64encode(raw).decode() != token or raw[16:] != _digest(search):
            raise ValueError(token)
        return UUID(bytes=raw[:16])
    except ValueError:
        sentence = _("This pageToken belongs to no search, or to another one. Begin without it.")
        raise _refused("pageToken", "invalid_cursor", sentence) from None


def _digest(search: Search) -> bytes:
    return hashlib.sha256(json.dumps(astuple(search)).encode()).digest()[:DIGEST]


def _refused(name: str, code: str, sentence: str) -> DomainError:
    return DomainError(code, sentence, errors=[FieldError(f"/{name}", code, sentence)])
