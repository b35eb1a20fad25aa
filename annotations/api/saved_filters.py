"""Saved filters: one's own and those of one's desks; keep one, delete one."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base import ApiView, ListView, actor_of, found, parsed
from annotations.api.describing import ID, WRITING, operation
from annotations.api.filters import SavedFilterFilters
from annotations.api.readers.saved_filters import SavedFilterReader
from annotations.api.writers.saved_filters import SavedFilterWriter
from annotations.core.errors import DomainError
from annotations.core.wording import _
from annotations.models import SavedFilter
from annotations.queries.matching import desk_named
from annotations.services.saved_filters import delete_filter, save_filter


class SavedFilters(ListView):
    queryset = SavedFilter.objects.none()
    filterset_class = SavedFilterFilters

    def get_queryset(self) -> QuerySet[SavedFilter]:
        return SavedFilter.objects.visible_to(actor_of(self.request)).select_related("desk")

    def row(self, each: SavedFilter) -> dict[str, Any]:
        return _row(each)

    @operation("filters_list", "Saved filters, newest first", answers={200: SavedFilterReader(many=True)})
    def get(self, request: Request) -> Response:
        return self.page()

    @operation(
        "filters_create",
        "Keep a filter",
        request=SavedFilterWriter,
        answers={201: SavedFilterReader},
        refusals=(403, 404, 409, *WRITING),
        filters=False,
        description="With a desk it is for everybody there, and only for those who may change its settings to keep.",
    )
    def post(self, request: Request) -> Response:
        actor, data = actor_of(request), parsed(SavedFilterWriter, request)
        name = data.pop("desk")
        desk = desk_named(name, actor) if name else None
        if name and desk is None:
            raise DomainError("not_found", _("There is no such desk, or you do not work on it."))
        row = save_filter(actor=actor, desk_id=desk.pk if desk else None, **data)
        return Response(_row(row), status=status.HTTP_201_CREATED)


class SavedFilterDetail(ApiView):
    @operation(
        "filters_delete",
        "Delete a saved filter",
        parameters=[ID],
        request=None,
        answers={204: None},
        refusals=(403, 404),
    )
    def delete(self, request: Request, id: str) -> Response:
        actor = actor_of(request)
        row = found(SavedFilter.objects.visible_to(actor), id, "filter")
        delete_filter(filter_id=row.pk, actor=actor)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _row(row: SavedFilter) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "page": row.page,
        "name": row.name,
        "parameters": row.parameters,
        "desk": row.desk.slug if row.desk else None,
        "is_default": row.is_default,
        "created": row.created,
    }
