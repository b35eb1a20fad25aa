"""Unpacks what a server sent packed, and stops at a limit: a kilobyte can unpack to a gigabyte."""

import zlib
from typing import Final

GZIP: Final = 16 + zlib.MAX_WBITS
MOST_MEMBERS: Final = 100


class TooLargeError(Exception):
    """More than the limit."""


class DamagedError(Exception):
    """Is not what its header says, or ends too early."""


class Unpacker:
    """Fed chunk by chunk. `encoding`: "", "gzip" or "deflate"; `limit`: bytes that may come in, and as many out."""

    def __init__(self, encoding: str, limit: int) -> None:
        self._encoding = encoding
        self._limit = limit
        self._taken = 0
        self._parts: list[bytes] = []
        self._size = 0
        self._members = 0
        self._inflater: zlib._Decompress | None = None

    def feed(self, chunk: bytes) -> None:
        """Raises TooLargeError, DamagedError."""
        self._taken += len(chunk)
        if self._taken > self._limit:
            raise TooLargeError
        if not self._encoding:
            self._keep(chunk)
            return
        try:
            self._inflate(chunk)
        except zlib.error:
            raise DamagedError from None

    def result(self) -> bytes:
        """Everything unpacked. Raises DamagedError when the end is missing."""
        if self._encoding and self._taken and (self._inflater is None or not self._inflater.eof):
            raise DamagedError
        return b"".join(self._parts)

    def _inflate(self, chunk: bytes) -> None:
        while chunk:
            if self._inflater is None or self._inflater.eof:
                self._inflater = self._begin(chunk)
            self._keep(self._inflater.decompress(chunk, self._limit + 1 - self._size))
            chunk = self._inflater.unconsumed_tail or self._inflater.unused_data.lstrip(b"\0")

    def _begin(self, chunk: bytes) -> "zlib._Decompress":
        self._members += 1
        if self._members > MOST_MEMBERS or (self._members > 1 and self._encoding != "gzip"):
            raise DamagedError
        if self._encoding == "gzip":
            return zlib.decompressobj(GZIP)
        # Some servers send bare deflate, others with zlib's header, whose first byte ends in 8.
        return zlib.decompressobj(zlib.MAX_WBITS if chunk[0] & 0x0F == 8 else -zlib.MAX_WBITS)

    def _keep(self, part: bytes) -> None:
        self._size += len(part)
        if self._size > self._limit:
            raise TooLargeError
        self._parts.append(part)
