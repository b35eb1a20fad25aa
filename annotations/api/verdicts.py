"""Signed-off verdicts, flat: the list that most clients want."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base import DeskListView, actor_of
from annotations.api.describing import operation
from annotations.api.filters import VerdictFilters
from annotations.api.readers.parts import FlatVerdictReader
from annotations.models import Verdict
from annotations.queries.standby import read
from annotations.queries.verdict_rows import flat_verdict_row, flat_verdicts, signed_off_verdicts


class Verdicts(DeskListView):
    queryset = Verdict.objects.none()
    filterset_class = VerdictFilters

    def get_queryset(self) -> QuerySet[Verdict]:
        return signed_off_verdicts(actor_of(self.request))

    def shown(self) -> QuerySet[Verdict]:
        return flat_verdicts()

    def row(self, each: Verdict) -> dict[str, Any]:
        return flat_verdict_row(each)

    @operation("verdicts_list", "Signed-off verdicts, newest first", answers={200: FlatVerdictReader(many=True)})
    def get(self, request: Request) -> Response:
        return read(self.page)
