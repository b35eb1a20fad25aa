"""Who asks: an API token in the Authorization header. Sessions are REST framework's, with CSRF enforced."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from annotations.core.wording import _
from annotations.models import Token, User
from annotations.services.tokens import find_token

SCHEME = "Bearer"
KEY, KEY_HEADER = "key", "X-Goog-Api-Key"


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <token>`; request.auth is the Token."""

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        scheme, _, key = request._request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != SCHEME.lower():
            return None
        return _known(key.strip())

    def authenticate_header(self, request: Request) -> str:
        return SCHEME


class KeyAuthentication(BaseAuthentication):
    """`X-Goog-Api-Key: <token>` or `?key=<token>`, as clients of Google's APIs send it; for their addresses only.

    Where a token in the Authorization header counts, this is not looked at. An address is read only, so that a token
    which ends up in somebody's log should carry no scope but "read".
    """

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        key = request.headers.get(KEY_HEADER) or request.query_params.get(KEY)
        return None if key is None else _known(key)

    def authenticate_header(self, request: Request) -> str:
        return SCHEME


def _known(key: str) -> tuple[User, Token]:
    token = find_token(key) if key else None
    if token is None:
        raise AuthenticationFailed(_("This token is unknown, expired or revoked. Get a new one at /api/v1/tokens/."))
    return token.user, token


class TokenScheme(OpenApiAuthenticationExtension):
    """How the schema describes it."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "A token from POST /api/v1/tokens/."}


class KeyScheme(OpenApiAuthenticationExtension):
    """How the schema describes it."""

    target_class = KeyAuthentication
    name = "key"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        about = "The same token, for clients of Google's API; also as the header X-Goog-Api-Key."
        return {"type": "apiKey", "in": "query", "name": KEY, "description": about}
