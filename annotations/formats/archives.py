"""ZIP archives of many small members: written without seeking, read within bounds."""

import zlib
from collections.abc import Iterable, Iterator
from typing import IO, Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from annotations.core.errors import DomainError

MEDIA_TYPE: Final = "application/zip"
SUFFIX: Final = "zip"
MOST_MEMBERS: Final = 100_000
MOST_BYTES: Final = 64 * 1024 * 1024
"""Of one member, unpacked."""

MOST_BYTES_TOGETHER: Final = 4 * 1024 * 1024 * 1024

BROKEN: Final = (
    BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
"""What reading a ZIP raises that is cut, damaged, encrypted or packed in a way that Python does not know."""


class _Sink:
    """What ZipFile writes to: it cannot seek, and gives away what was written since the last time."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        piece = b"".join(self._parts)
        self._parts.clear()
        return piece


def zipped(members: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The archive in pieces, one a member; of past members only the names are kept. Equal members give equal bytes."""
    sink = _Sink()
    with ZipFile(sink, "w") as archive:  # type: ignore[call-overload]  # it needs no more than that
        for name, content in members:
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
            yield sink.taken()
    yield sink.taken()


def members(file: IO[bytes]) -> Iterator[tuple[str, bytes]]:
    """Names and contents, one in memory at a time, in the order of the archive. Raises "malformed", "too_large"."""
    try:
        with ZipFile(file) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST_MEMBERS:
                raise DomainError("too_large", f"The archive has {len(entries):,} files; {MOST_MEMBERS:,} is the most.")
            left = MOST_BYTES_TOGETHER
            for entry in entries:
                data = _unpacked(archive, entry, min(left, MOST_BYTES))
                left -= len(data)
                yield entry.filename, data
    except BROKEN:
        raise DomainError("malformed", "The file is no whole ZIP archive. Pack it again, without a password.") from None


def _unpacked(archive: ZipFile, entry: ZipInfo, limit: int) -> bytes:
    """Counted as it comes: what an archive says about its sizes may be a lie."""
    with archive.open(entry) as content:
        data = content.read(limit + 1)
    if len(data) > limit:
        raise DomainError("too_large", f"{entry.filename} is too large once unpacked. Split the archive.")
    return data
