"""Several annotations at once: one thing done to each, and all of it taken back."""

from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base import ApiView, actor_of, parsed
from annotations.api.describing import WRITING, operation
from annotations.api.errors import STATUS
from annotations.api.readers.bulk import BulkReader
from annotations.api.writers.bulk import BulkWriter
from annotations.core.bulk import MOST, BulkAction, Chosen, Order
from annotations.core.errors import DomainError
from annotations.core.wording import _
from annotations.services.bulk import BulkResult, Outcome, act_on_several, undo_bulk

EACH = (
    "Each annotation is a decision of its own: `results` says for each, in the order sent, what a request for it alone "
    "would have been told. The answer is 200 also when all were refused."
)
BULK = OpenApiParameter("bulk", OpenApiTypes.UUID, OpenApiParameter.PATH)


class BulkActions(ApiView):
    @operation(
        "annotations_bulk",
        "Do one thing to several annotations",
        request=BulkWriter,
        answers={200: BulkReader},
        refusals=WRITING,
        description=f"At most {MOST} annotations, each with the version you looked at. {EACH}",
    )
    def post(self, request: Request) -> Response:
        data = parsed(BulkWriter, request)
        order = Order(BulkAction(data["action"]), data["username"], data["term"], data["reason"])
        chosen = [Chosen(each["id"], each["version"]) for each in data["annotations"]]
        return Response(_row(act_on_several(actor=actor_of(request), order=order, chosen=chosen)))


class BulkUndo(ApiView):
    @operation(
        "annotations_bulk_undo",
        "Take back a bulk action",
        parameters=[BULK],
        request=None,
        answers={200: BulkReader},
        refusals=(403, 404),
        description="Only what was not touched since; moves of the review are answered by other moves. "
        "The answer has an id of its own, by which the undo can be undone.",
    )
    def post(self, request: Request, bulk: str) -> Response:
        return Response(_row(undo_bulk(bulk=_id(bulk), actor=actor_of(request))))


def _id(bulk: str) -> UUID:
    try:
        return UUID(bulk)
    except ValueError:
        raise DomainError("not_found", _("There is no such bulk action.")) from None


def _row(result: BulkResult) -> dict[str, Any]:
    return {
        "bulk": str(result.bulk),
        "done": len(result.done),
        "unchanged": len(result.unchanged),
        "refused": len(result.refused),
        "results": [_outcome(each) for each in result.outcomes],
    }


def _outcome(each: Outcome) -> dict[str, Any]:
    status = STATUS.get(each.code, 400) if each.is_refused else 200
    detail = each.detail or None
    return {"id": str(each.id), "status": status, "code": each.code, "detail": detail, "version": each.version}
