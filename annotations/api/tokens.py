"""Tokens: get one with user name and password, give up the one in use."""

from django.contrib.auth import authenticate
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from rest_framework import status
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base import ApiView, parsed
from annotations.api.describing import WRITING, operation
from annotations.api.readers.articles import TokenReader
from annotations.api.scopes import token_of
from annotations.api.writers.tokens import TokenWriter
from annotations.core.errors import DomainError
from annotations.core.wording import _
from annotations.models import User
from annotations.queries.rows import timestamp
from annotations.services.tokens import create_token, revoke_token


class Tokens(ApiView):
    authentication_classes = ()
    permission_classes = ()
    throttle_scope = "login"

    @operation(
        "tokens_create",
        "Get a token for user name and password",
        request=TokenWriter,
        answers={201: TokenReader},
        refusals=WRITING,
        auth=[],
    )
    def post(self, request: Request) -> Response:
        data = parsed(TokenWriter, request)
        user = _signed_in(request._request, data["username"], data["password"])
        token, key = create_token(user=user, name=data["name"], scopes=data.get("scopes"))
        row = {"token": key, "expires_at": timestamp(token.expires_at), "scopes": token.scopes}
        return Response(row, status=status.HTTP_201_CREATED, headers={"Cache-Control": "no-store"})


class CurrentToken(ApiView):
    permission_classes = (IsAuthenticated,)  # a token of any scope may give itself up

    @operation(
        "tokens_revoke",
        "Revoke the token that this request carries",
        request=None,
        answers={204: None},
        refusals=(404,),
    )
    def delete(self, request: Request) -> Response:
        token = token_of(request)
        if token is None:
            raise DomainError("not_found", _("This request carries no token: you are signed in with a session."))
        revoke_token(token)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _signed_in(request: HttpRequest, username: str, password: str) -> User:
    """Through Django's own door, where failures are counted; a lockout is answered by the counter's middleware."""
    user = authenticate(request=request, username=username, password=password)
    if not isinstance(user, User):
        raise DomainError("wrong_credentials", _("User name or password is wrong, or the account was deactivated."))
    if user.one_time_until is not None:
        sentence = _("This is a one-time password. Log in on the website and choose your own first.")
        raise DomainError("wrong_credentials", sentence)
    vars(request).pop("session", None)  # the counter would begin one, and a program has no use for its cookie
    user_logged_in.send(sender=User, request=request, user=user)
    return user
