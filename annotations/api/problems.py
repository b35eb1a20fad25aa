"""Problem documents (RFC 9457): the one shape of every error under /api/."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.http import HttpResponse

from annotations.core.errors import FieldError
from annotations.core.wording import shortened

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """`code` is for programs, `detail` a sentence for people; `extra` holds further members (candidates, version)."""

    status: int
    code: str
    detail: str
    errors: Sequence[FieldError] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        return {
            **self.extra,
            "type": f"/problems/{self.code}",
            "title": self.code.replace("_", " ").capitalize(),
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            "errors": [asdict(error) | {"pointer": shortened(error.pointer)} for error in self.errors],
        }

    def body(self) -> bytes:
        # A sentence may quote half a character that was refused; backslashreplace writes it as JSON's own escape.
        return json.dumps(self.document(), ensure_ascii=False).encode("utf-8", "backslashreplace")


def answer(problem: Problem) -> HttpResponse:
    """The problem as a response, whatever the request accepts."""
    return HttpResponse(problem.body(), status=problem.status, content_type=MEDIA_TYPE, headers=dict(problem.headers))
