"""The schema of this API and its browsable documentation. Open to everybody: it holds no data."""

from functools import cache
from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.http import HttpRequest
from django.utils import translation
from django.utils.decorators import method_decorator
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.api.parameters import check_parameters
from annotations.api.throttling import WindowThrottle


@cache
def schema() -> dict[str, Any]:
    """Made once a process: it depends on nothing but the code, not even on the reader's language."""
    with translation.override("en"):
        return SchemaGenerator().get_schema(request=None, public=True)


class Open(APIView):
    """For everybody. `known` are the parameters that it looks at; any other is refused, as everywhere."""

    known: frozenset[str]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method != "OPTIONS":
            check_parameters(request._request, self.known)

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        return Response(status=204)


class Schema(Open, SpectacularAPIView):
    known = frozenset({"format"})
    authentication_classes = ()
    permission_classes = ()
    throttle_classes = (WindowThrottle,)

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(schema(), headers={"Cache-Control": "public, max-age=300"})


# Swagger UI puts style attributes and a style element into its page; scripts stay our own files only.
@method_decorator(csp_update({"style-src": [SELF, UNSAFE_INLINE]}), name="dispatch")
class Docs(Open, SpectacularSwaggerSplitView):
    known = frozenset({"script"})
    authentication_classes = ()
    permission_classes = ()
    throttle_classes = (WindowThrottle,)
    url_name = "api:schema"
