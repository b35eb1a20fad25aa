"""Connections that go to addresses already checked, and end when the time for the whole fetch is over.

httpcore asks its network backend for every connection and every read; httpx offers no such place.
"""

import ssl
import time
from collections.abc import Iterable, Sequence
from typing import Any, Final

import httpcore
from httpcore import SOCKET_OPTION, NetworkBackend, NetworkStream

READ_SECONDS: Final = 10.0
MOST_ATTEMPTS: Final = 4
"""Addresses of one host that are tried."""


class Deadline:
    """A point on the monotonic clock."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        return self._end - time.monotonic()

    def limit(self) -> float:
        """Seconds for the next step. Raises httpcore.ReadTimeout when none are left."""
        left = self.left()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for the whole fetch is over")
        return min(READ_SECONDS, left)


class PinnedBackend(NetworkBackend):
    """Whatever host it is asked for, it connects to `addresses`; TLS still checks the name in the address."""

    def __init__(self, addresses: Sequence[str], deadline: Deadline) -> None:
        self._addresses = addresses[:MOST_ATTEMPTS]
        self._deadline = deadline
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> NetworkStream:
        for address in self._addresses[:-1]:
            try:
                return self._connect(address, port)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connect(self._addresses[-1], port)

    def _connect(self, address: str, port: int) -> NetworkStream:
        stream = self._backend.connect_tcp(address, port, timeout=self._deadline.limit())
        return _TimedStream(stream, self._deadline)


class _TimedStream(NetworkStream):
    """Each read and write gets what is left of the time, so that a slow drip cannot go on for ever."""

    def __init__(self, stream: NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.limit())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.limit())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.limit())
        return _TimedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
