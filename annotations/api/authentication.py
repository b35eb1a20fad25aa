"""Who asks: an API token in the Authorization header. Sessions are REST framework's, with CSRF enforced."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from annotations.models import Token, User
from annotations.services.tokens import find_token

SCHEME = "Bearer"


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <token>`; request.auth is the Token."""

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != SCHEME.lower():
            return None
        token = find_token(key.strip()) if key.strip() else None
        if token is None:
            raise AuthenticationFailed("This token is unknown, expired or revoked. Get a new one at /api/v1/tokens/.")
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return SCHEME


class TokenScheme(OpenApiAuthenticationExtension):
    """How the schema describes it."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "A token from POST /api/v1/tokens/."}
