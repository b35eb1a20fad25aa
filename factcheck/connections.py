"""What uvicorn speaks HTTP with: httptools, a limit to what comes before a body, refusals that programs can read."""

import sys
from typing import Final

from httptools import HttpParserCallbackError
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from annotations.api.problems import MEDIA_TYPE, Problem

LARGEST_HEAD: Final = 65_536  # bytes of address and headers of one request
TOO_LONG: Final = Problem(431, "head_too_long", "The address and headers are too long: 65,536 bytes are the most.")


class Connection(HttpToolsProtocol):
    """One client's connection. A head that does not end is refused before it fills the memory.

    What cannot be read has no address yet, so that it is a problem document for everybody.
    """

    _is_in_head = False
    _head = 0  # bytes, without those of the read in which the head began: they may have ended another request

    def data_received(self, data: bytes) -> None:
        if self._is_in_head:
            self._head += len(data)
        super().data_received(data)
        if self._is_in_head and self._head > LARGEST_HEAD and not self.transport.is_closing():
            self._refuse(TOO_LONG)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._is_in_head, self._head = True, 0

    def on_headers_complete(self) -> None:
        self._is_in_head = False
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        """Uvicorn's own sentence is the same for all; the parser's says what it stumbled over."""
        error = sys.exception()
        address = "its address cannot be read"  # what uvicorn does in a call-back and can fail
        reason = address if isinstance(error, HttpParserCallbackError) else str(error or msg).rstrip(".")
        self._refuse(Problem(400, "malformed", f"The request is not HTTP/1.1 as it should be: {reason}."))

    def _refuse(self, problem: Problem) -> None:
        """Answer and close. An answer that is being sent already is cut instead: nothing may get in between."""
        cycle = self.cycle
        if cycle is None or cycle.response_complete or not cycle.response_started:
            self.transport.write(_answer(problem))
        self.transport.close()


def _answer(problem: Problem) -> bytes:
    body = problem.body()
    headers = f"content-type: {MEDIA_TYPE}\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
    return STATUS_LINE[problem.status] + headers.encode() + body
