"""Pages of a list: newest first, by a cursor that new rows cannot shift."""

import binascii
import json
from base64 import b64decode
from typing import Any, cast
from urllib.parse import parse_qs
from uuid import UUID

from rest_framework import pagination
from rest_framework.request import Request

from annotations.core.errors import DomainError, FieldError
from annotations.core.wording import _

CURSOR, SIZE = "cursor", "page_size"
MOST = 200


class CursorPagination(pagination.CursorPagination):
    """`{next, previous, results}`, 50 rows a page, `page_size` up to 200. Ordered by id, which never changes."""

    ordering = "-id"
    page_size = 50
    page_size_query_param = SIZE
    page_size_query_description = f"Rows a page, 1 to {MOST}."
    cursor_query_param = CURSOR
    cursor_query_description = "Where a page begins. Follow `next` and `previous`; do not build cursors."
    max_page_size = MOST

    def get_page_size(self, request: Request) -> int:
        """Raises "invalid_page_size"."""
        given = request.query_params.get(SIZE)
        if given is None:
            return 50
        if not (given.isascii() and given.isdigit() and len(given) <= 3 and 1 <= int(given) <= MOST):
            raise _refused(
                SIZE, "invalid_page_size", _("page_size is a whole number from 1 to {most}.").format(most=MOST)
            )
        return int(given)

    def decode_cursor(self, request: Request) -> pagination.Cursor | None:
        """Raises "invalid_cursor"."""
        given = request.query_params.get(CURSOR)
        if given is None:
            return None
        try:
            parts = parse_qs(b64decode(given.encode("ascii"), validate=True).decode("ascii"), strict_parsing=True)
            position = str(UUID(parts["p"][0]))
        except (binascii.Error, ValueError, KeyError):
            raise _refused(CURSOR, "invalid_cursor", _("This cursor is not one of ours. Begin without one.")) from None
        return pagination.Cursor(offset=0, reverse=parts.get("r") == ["1"], position=cast(Any, position))

    def written(self, rows: bytes) -> bytes:
        """The page as JSON, of rows that are written already: the members of an array, without its brackets."""
        links = json.dumps({"next": self.get_next_link(), "previous": self.get_previous_link()})
        return b'%b,"results":[%b]}' % (links[:-1].encode(), rows)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }


def _refused(name: str, code: str, sentence: str) -> DomainError:
    return DomainError(code, sentence, errors=[FieldError(f"/{name}", code, sentence)])
