"""How operations describe themselves in the schema: one call an operation, the usual refusals included."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.serializers import Serializer

from annotations.api.examples import EXAMPLES
from annotations.api.problems import MEDIA_TYPE
from annotations.api.readers.parts import ProblemReader

F = TypeVar("F", bound=Callable[..., Any])

MEANING = {
    304: "You have it already: If-None-Match named its ETag.",
    400: "Something in the request is wrong; `errors` says what and where.",
    401: "No token, or one that is unknown, expired or revoked.",
    403: "You may see this, but not do it; or the token lacks the scope.",
    404: "It does not exist, or you may not see it.",
    406: "The Accept header names nothing that this address answers in.",
    409: "Its state, or the state of something else, does not allow it.",
    410: "It was withdrawn.",
    412: "If-Match does not name the current version.",
    413: "The body is too large.",
    415: "The body is of another media type.",
    428: "If-Match is missing.",
    429: "Too many requests, or too many failed logins: see Retry-After.",
    502: "The address that was sent could not be fetched.",
}
WRITING = (400, 413, 415)
ID = OpenApiParameter("id", OpenApiTypes.UUID, OpenApiParameter.PATH)
IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description="The ETag of what you looked at, or *."
)
MAYBE_IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, description="Given: the addition is refused when it is stale."
)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, description="ETags you have: 304 when one of them is current."
)
ETAG = "Strong; names the version."


# A problem document of its own media type has a key that sorts before the 200, by which the base class would judge.
class Described(AutoSchema):
    def _is_list_view(self, serializer: Any = None) -> bool:
        found = self.get_response_serializers() if serializer is None else serializer
        main = found.get(200) if isinstance(found, dict) else found
        return bool(super()._is_list_view(main if main is not None else found))

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        """With a 406, where an address looks at the Accept header: the problem that a 401 is, too."""
        found: dict[str, Any] | None = super().get_operation(*args, **kwargs)
        if found and getattr(self.view.content_negotiation_class, "refuses", False):
            refused = {**found["responses"]["401"], "description": MEANING[406]}
            found["responses"] = dict(sorted({**found["responses"], "406": refused}.items()))
        return found


Answers = Mapping[int | tuple[int, str], type[Serializer[Any]] | Any]


def operation(
    name: str,
    summary: str,
    *,
    answers: Answers,
    refusals: Sequence[int] = (),
    parameters: Sequence[Any] = (),
    etag: Sequence[int] = (),
    **more: Any,
) -> Callable[[F], F]:
    """Describe a method. `refusals` are added to those that every operation has; `etag`: answers that carry one."""
    responses: dict[Any, Any] = dict(answers)
    for status in sorted({400, 401, 429, *refusals}):
        responses[status, MEDIA_TYPE] = OpenApiResponse(ProblemReader, MEANING[status])
    tags = (
        [OpenApiParameter("ETag", str, OpenApiParameter.HEADER, response=list(etag), description=ETAG)] if etag else []
    )
    return extend_schema(
        operation_id=name,
        summary=summary,
        responses=responses,
        parameters=[*parameters, *tags],
        examples=list(EXAMPLES.get(name, ())),
        **more,
    )


def not_modified() -> OpenApiResponse:
    return OpenApiResponse(description=MEANING[304])


def require_bodies(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Say that bodies must be sent; only what a DELETE may add to itself is left to the sender."""
    for methods in result["paths"].values():
        for method, described in methods.items():
            if method != "delete" and "requestBody" in described:
                described["requestBody"]["required"] = True
    return result
