"""What a token may be used for. A session may do whatever its user may."""

from typing import TYPE_CHECKING

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from annotations.core.errors import DomainError
from annotations.core.scopes import Scope
from annotations.core.wording import _
from annotations.models import Token

if TYPE_CHECKING:
    from annotations.api.base import ApiView


class ScopeAllows(BasePermission):
    """Raises "scope_missing" when the token lacks the scope that this request needs."""

    def has_permission(self, request: Request, view: "ApiView") -> bool:  # type: ignore[override]
        needed = view.needed_scope(request)
        token = token_of(request)
        if token is None or needed is None or needed in token.scopes:
            return True
        raise DomainError(
            "scope_missing",
            _('This token lacks the scope "{needed}". Get one that has it at /api/v1/tokens/.').format(needed=needed),
            extra={"scope": needed.value, "scopes": token.scopes},
        )


def token_of(request: Request) -> Token | None:
    """The token this request came with; None for a session."""
    token: object = request.auth
    return token if isinstance(token, Token) else None


def usual_scope(request: Request) -> Scope:
    return Scope.READ if request.method in SAFE_METHODS else Scope.WRITE
