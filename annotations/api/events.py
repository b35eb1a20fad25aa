"""The change feed: what happened after a point that a program remembers."""

from urllib.parse import urlencode

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base import ApiView, actor_of
from annotations.api.describing import operation
from annotations.api.filters import DESK
from annotations.api.pagination import MOST, SIZE, CursorPagination
from annotations.api.readers.events import FeedReader
from annotations.core.errors import DomainError
from annotations.core.wording import _
from annotations.models import User
from annotations.models.desk import Desk
from annotations.queries.event_feed import cursor_of, events_after, feed_row, position_after, position_of
from annotations.queries.matching import desk_named

AFTER = "after"
PARAMETERS = [
    OpenApiParameter(AFTER, str, description="The `after` of the last answer. Left out: from the beginning."),
    OpenApiParameter("desk", str, description=DESK),
    OpenApiParameter(SIZE, int, description=f"Rows a page, 1 to {MOST}."),
]


class Events(ApiView):
    parameters = {"GET": frozenset({AFTER, "desk", SIZE})}

    @operation(
        "events_list",
        "Changes after a cursor, withdrawals and corrections included",
        parameters=PARAMETERS,
        answers={200: FeedReader},
        refusals=(404,),
        description="Oldest first. Keep `after` and ask with it again: no change is missed or comes twice, also when "
        "others write meanwhile. `next` is null when there is nothing more for now.",
    )
    def get(self, request: Request) -> Response:
        actor = actor_of(request)
        size = CursorPagination().get_page_size(request)
        position = position_of(request.query_params[AFTER]) if AFTER in request.query_params else {}
        events = events_after(actor, position, size + 1, _desk(request, actor))
        after = cursor_of(position_after(position, events[:size]))
        more = {**request.query_params.dict(), AFTER: after}
        address = request.build_absolute_uri(f"{request.path}?{urlencode(more)}")
        return Response(
            {
                "next": address if len(events) > size else None,
                "after": after,
                "results": [feed_row(event) for event in events[:size]],
            }
        )


def _desk(request: Request, actor: User) -> Desk | None:
    if "desk" not in request.query_params:
        return None
    desk = desk_named(request.query_params["desk"], actor)
    if desk is None:
        raise DomainError("not_found", _("There is no such desk, or you do not work on it."))
    return desk
