"""What uvicorn speaks HTTP with: httptools, and the limit to what comes before a body, which that lacks."""

from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LARGEST_HEAD: Final = 65_536  # bytes of address and headers of one request
SENTENCE: Final = "The address and headers of the request are too long."


class Connection(HttpToolsProtocol):
    """One client's connection. A head that does not end is refused before it fills the memory."""

    _is_in_head = False
    _head = 0  # bytes, without those of the read in which the head began: they may have ended another request

    def data_received(self, data: bytes) -> None:
        if self._is_in_head:
            self._head += len(data)
        super().data_received(data)
        if self._is_in_head and self._head > LARGEST_HEAD and not self.transport.is_closing():
            self.send_400_response(SENTENCE)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._is_in_head, self._head = True, 0

    def on_headers_complete(self) -> None:
        self._is_in_head = False
        super().on_headers_complete()
