"""One Web Annotation at its address: look at it, replace it, withdraw it (W3C Web Annotation Protocol)."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.annotations import NO_REASON, REASON, annotations_of
from annotations.api.base import actor_of, found, not_modified
from annotations.api.describing import ID, IF_MATCH, IF_NONE_MATCH, WRITING, operation
from annotations.api.describing import not_modified as described_304
from annotations.api.etags import seen_version
from annotations.api.incoming_web_annotations import replace_annotation
from annotations.api.web_resources import LDP, SHORT, LinkedDataView, Shown, shown
from annotations.core.errors import DomainError
from annotations.core.states import AnnotationState
from annotations.core.wording import _
from annotations.models import Annotation
from annotations.queries.web_annotations import Found, found_alone, with_articles
from annotations.services.moves import move_annotation

ANNOTATION = OpenApiParameter("annotation", OpenApiTypes.UUID, OpenApiParameter.PATH)


class _WebAnnotation(LinkedDataView):
    parameters = {"DELETE": frozenset({"reason"})}
    links = ((f"{LDP}Resource", "type"), ("http://www.w3.org/ns/oa#Annotation", "type"))

    def get(self, request: Request, id: str, annotation: str = "") -> Response:
        answered = self._shown(request, id, annotation)[2]
        return not_modified(request, answered.etag) or _answer(answered)

    def put(self, request: Request, id: str, annotation: str = "") -> Response:
        row, known, answered = self._shown(request, id, annotation)
        seen_version(request._request, answered)
        replace_annotation(request, row, answered, known.row)
        return _answer(self._shown(request, id, annotation)[2])

    def delete(self, request: Request, id: str, annotation: str = "") -> Response:
        row, _, answered = self._shown(request, id, annotation)
        move_annotation(
            annotation_id=row.pk,
            actor=actor_of(request),
            action="withdraw",
            seen_version=seen_version(request._request, answered),
            reason=request.query_params.get("reason", NO_REASON),
        )
        return Response(status=204)

    def _shown(self, request: Request, id: str, annotation: str) -> tuple[Annotation, Found, Shown]:
        """Raises "not_found", also for what a machine merely suggested, and "gone" for what was withdrawn."""
        rows = annotations_of(actor_of(request)).exclude(state=AnnotationState.SUGGESTED)
        row = found(with_articles(rows), annotation or id, "annotation")
        if annotation and str(row.article_id) != id:
            raise DomainError("not_found", _("There is no such annotation in this container."))
        if row.state == AnnotationState.WITHDRAWN:
            raise DomainError("gone", _("This annotation was withdrawn. Its history is at history/ of the annotation."))
        known = found_alone(row)
        return row, known, shown(request, row, known)


def _answer(answered: Shown) -> Response:
    return Response(answered.document, headers={"ETag": answered.etag, "Content-Location": answered.address})


def _view(prefix: str, ids: list[OpenApiParameter], note: str) -> type[_WebAnnotation]:
    """The view of one of the two addresses that an annotation has, described for itself in the schema."""
    document: dict[Any, Any] = {(200, SHORT): OpenApiTypes.OBJECT}
    described: dict[str, Callable[..., Any]] = {
        "get": operation(
            f"{prefix}_retrieve",
            "One annotation as a W3C Web Annotation",
            parameters=[*ids, IF_NONE_MATCH],
            answers={**document, 304: described_304()},
            refusals=(404, 410),
            etag=(200, 304),
            description=note,
        ),
        "put": operation(
            f"{prefix}_update",
            "Replace an annotation by a W3C Web Annotation",
            parameters=[*ids, IF_MATCH],
            request={SHORT: OpenApiTypes.OBJECT},
            answers=document,
            refusals=(403, 404, 409, 410, 412, 428, *WRITING),
            etag=(200,),
            description="Range, claim, note, labels, verdict and evidence become what it says, by the rules of review.",
        ),
        "delete": operation(
            f"{prefix}_withdraw",
            "Withdraw an annotation",
            parameters=[*ids, IF_MATCH, REASON],
            request=None,
            answers={204: None},
            refusals=(403, 404, 409, 410, 412, 428),
            description="Nothing is deleted: it leaves the container, and its address is 410 from then on.",
        ),
    }
    made = type(f"{prefix.title().replace('_', '')}View", (_WebAnnotation,), {})
    for method, describe in described.items():
        setattr(made, method, describe(_own(method)))
    return made


def _own(method: str) -> Callable[..., Response]:
    def answer(self: _WebAnnotation, request: Request, **ids: str) -> Response:
        response: Response = getattr(_WebAnnotation, method)(self, request, **ids)
        return response

    return answer


ContainedAnnotation = _view("article_web_annotations", [ID, ANNOTATION], "Its `id` is this address.")
WebAnnotation = _view("web_annotations", [ID], "Its `id`, and Content-Location, is its address in its container.")
