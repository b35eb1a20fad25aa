"""A program that talks to the API as one person, and what a refusal must look like."""

import json
from typing import Any
from urllib.parse import urlencode

from rest_framework.test import APIClient

from annotations.models import User
from annotations.services.tokens import create_token

PREFIX = "/api/v1/"
PROBLEM = "application/problem+json"


class Api(APIClient):
    """REST framework's client with a token. `send` takes paths below /api/v1/ and sends JSON, or `raw` bytes."""

    def __init__(self, user: User | None = None, scopes: list[str] | None = None) -> None:
        super().__init__()
        if user is not None:
            key = create_token(user=user, name="test", scopes=scopes)[1]
            self.credentials(HTTP_AUTHORIZATION=f"Bearer {key}")

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        raw: bytes | None = None,
        media_type: str = "application/json",
        etag: str | None = None,
        **headers: str,
    ) -> Any:
        data = raw if raw is not None else b"" if body is None else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if etag is not None:
            named["If-Match"] = etag
        address = path if path.startswith(("/", "http")) else PREFIX + path
        return self.generic(method, address, data, media_type, headers=named)

    def show(self, path: str, params: dict[str, Any] | None = None, **headers: str) -> Any:
        """GET with parameters, each value percent-encoded; lists repeat the parameter."""
        return self.send("GET", f"{path}?{urlencode(params, doseq=True)}" if params else path, **headers)


def problem(response: Any, status: int, code: str) -> dict[str, Any]:
    """The problem document, which must have this status and code and the shape that all have."""
    assert (response.status_code, response.headers["Content-Type"]) == (status, PROBLEM), response.content
    document: dict[str, Any] = json.loads(response.content)
    assert document["code"] == code, document
    assert (document["type"], document["status"]) == (f"/problems/{code}", status)
    assert document["title"] == code.replace("_", " ").capitalize()
    assert document["detail"].endswith("."), document
    assert all(error.keys() == {"pointer", "code", "detail"} for error in document["errors"])
    return document
