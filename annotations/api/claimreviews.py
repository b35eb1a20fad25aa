"""The ClaimReview of one signed-off verdict: for whoever sees the verdict, and for everybody once it is published."""

import hashlib
import json

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request

from annotations.api.base import AnyAccept, ApiView, found
from annotations.api.describing import ID, IF_NONE_MATCH, not_modified, operation
from annotations.api.etags import is_known
from annotations.api.scopes import ScopeAllows
from annotations.formats import claimreview
from annotations.queries.verdict_rows import readable_verdicts, reviewed_row


class AnnotationClaimReview(ApiView):
    permission_classes = (ScopeAllows,)
    content_negotiation_class = AnyAccept

    @operation(
        "annotations_claimreview",
        "The signed-off verdict of an annotation as a schema.org ClaimReview",
        parameters=[ID, IF_NONE_MATCH],
        answers={(200, claimreview.MEDIA_TYPE): OpenApiTypes.OBJECT, 304: not_modified()},
        refusals=(403, 404),
        etag=(200, 304),
        description="Without a token: of a published article. The ETag is the SHA-256 of the body.",
        auth=[{"token": []}, {"cookieAuth": []}, {}],
    )
    def get(self, request: Request, id: str) -> HttpResponse:
        verdict = found(readable_verdicts(request.user), id, "signed-off verdict", column="annotation")
        document = claimreview.document(reviewed_row(verdict), request.build_absolute_uri("/"))
        body = json.dumps(document, ensure_ascii=False).encode()
        headers = {"ETag": f'"{hashlib.sha256(body).hexdigest()}"', "Cache-Control": "no-cache"}
        if is_known(request._request, headers["ETag"]):
            return HttpResponse(status=304, headers=headers)
        return HttpResponse(body, content_type=claimreview.MEDIA_TYPE, headers=headers)
