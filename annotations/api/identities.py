"""The confidential tier: keep who an unnamed source is, and read it if you are one of its readers."""

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base import ApiView, actor_of, found, parsed
from annotations.api.describing import ID, WRITING, operation
from annotations.api.readers.review import IdentityReader, KeptIdentityReader
from annotations.api.writers.base import Writer
from annotations.api.writers.review import IdentityWriter
from annotations.models import Annotation, Attribution, User
from annotations.queries.review_rows import kept_row
from annotations.services.identities import keep_identity, read_identity

ATTRIBUTION = OpenApiParameter("attribution", OpenApiTypes.UUID, OpenApiParameter.PATH)
SECRET = {"Cache-Control": "no-store"}


class AttributionIdentity(ApiView):
    @operation(
        "identities_keep",
        "Keep who the source is, for you and the readers you name",
        parameters=[ID, ATTRIBUTION],
        request=IdentityWriter,
        answers={201: KeptIdentityReader},
        refusals=(403, 404, 409, *WRITING),
        description="It can be kept once and never changes. It is in no export, no search, no log and no notification.",
    )
    def put(self, request: Request, id: str, attribution: str) -> Response:
        actor = actor_of(request)
        source = _attribution(actor, id, attribution)
        identity = keep_identity(attribution_id=source.pk, actor=actor, **parsed(IdentityWriter, request))
        return Response(kept_row(identity), status=status.HTTP_201_CREATED, headers=SECRET)


class IdentityReading(ApiView):
    @operation(
        "identities_read",
        "Read who the source is",
        parameters=[ID, ATTRIBUTION],
        request=None,
        answers={200: IdentityReader},
        refusals=(404, *WRITING),
        description="For its readers only; for everybody else there is none. Each reading is written to the history.",
    )
    def post(self, request: Request, id: str, attribution: str) -> Response:
        actor = actor_of(request)
        source = _attribution(actor, id, attribution)
        parsed(Writer, request)
        return Response({"content": read_identity(attribution_id=source.pk, actor=actor)}, headers=SECRET)


def _attribution(actor: User, annotation: str, attribution: str) -> Attribution:
    owner = found(Annotation.objects.visible_to(actor), annotation, "annotation")
    rows: QuerySet[Attribution] = Attribution.objects.filter(annotation=owner)
    return found(rows, attribution, "attribution")
