"""ZIP archives written without seeking: pieces leave as members are added."""

from collections.abc import Iterable, Iterator
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

MEDIA_TYPE: Final = "application/zip"
SUFFIX: Final = "zip"


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
