"""The ClaimReview of one signed-off verdict: for whoever sees the verdict, and for everybody once it is published."""

import hashlib
import json
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request

from annotations.api.base import AnyAccept, ApiView, present
from annotations.api.describing import ID, IF_NONE_MATCH, not_modified, operation
from annotations.api.etags import is_known
from annotations.api.scopes import ScopeAllows
from annotations.core.errors import DomainError
from annotations.core.wording import _
from annotations.formats import claimreview
from annotations.models import User
from annotations.queries.public_page import withdrawal_of_verdict
from annotations.queries.verdict_rows import readable_verdicts, reviewed_row


class AnnotationClaimReview(ApiView):
    permission_classes = (ScopeAllows,)
    content_negotiation_class = AnyAccept

    @operation(
        "annotations_claimreview",
        "The signed-off verdict of an annotation as a schema.org ClaimReview",
        parameters=[ID, IF_NONE_MATCH],
        answers={(200, claimreview.MEDIA_TYPE): OpenApiTypes.OBJECT, 304: not_modified()},
        refusals=(403, 404, 410),
        etag=(200, 304),
        description="Without a token: of a published article. The ETag is the SHA-256 of the body.",
        auth=[{"token": []}, {"cookieAuth": []}, {}],
    )
    def get(self, request: Request, id: str) -> HttpResponse:
        verdict = present(partial(_readable, request.user), id, "signed-off verdict")
        document = claimreview.document(reviewed_row(verdict), request.build_absolute_uri("/"))
        body = json.dumps(document, ensure_ascii=False).encode()
        headers = {"ETag": f'"{hashlib.sha256(body).hexdigest()}"', "Cache-Control": "no-cache"}
        if is_known(request._request, headers["ETag"]):
            return HttpResponse(status=304, headers=headers)
        return HttpResponse(body, content_type=claimreview.MEDIA_TYPE, headers=headers)


def _readable(user: User | AnonymousUser, annotation: UUID) -> Any:
    """Raises "gone" where everybody could read the verdict until its article was retracted."""
    verdict = readable_verdicts(user).filter(annotation=annotation).first()
    if verdict is None and (gone := withdrawal_of_verdict(annotation)):
        sentence = _("{desk} withdrew this verdict on {day}, with the whole article. It no longer stands.")
        raise DomainError("gone", sentence.format(desk=gone.desk, day=gone.since.date().isoformat()))
    return verdict
