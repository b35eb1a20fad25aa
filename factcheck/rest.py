"""Settings of the API: who may ask how often, what reads and answers it, and its description."""

from factcheck import environment

FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "annotations.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "annotations.api.pagination.CursorPagination",
    "DEFAULT_SCHEMA_CLASS": "annotations.api.describing.Described",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.ScopedRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {
        "login": environment.rate("API_RATE_LOGIN", "20/min"),
        "read": environment.rate("API_RATE_READ", "6000/min"),
        "write": environment.rate("API_RATE_WRITE", "3000/min"),
        "export": environment.rate("API_RATE_EXPORT", "120/hour"),
    },
    "EXCEPTION_HANDLER": "annotations.api.errors.exception_handler",
    "NUM_PROXIES": 0,  # the server has already put the client's own address into REMOTE_ADDR
    "UNICODE_JSON": True,
}
SCHEMA = {
    "TITLE": "Factcheck API",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "AnnotationState": "annotations.core.states.AnnotationState",
        "ArticleState": "annotations.core.states.ArticleState",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "annotations.api.describing.require_bodies",
    ],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}
