"""Members of a ZIP that somebody sent: bounded in number and unpacked size, and never an exception of zipfile's."""

import struct
import zlib
from typing import IO, Final
from zipfile import BadZipFile, ZipFile

from annotations.core.errors import DomainError
from annotations.core.wording import _

MOST_MEMBERS: Final = 200_000
MOST_IN_ONE: Final = 64 * 2**20
MOST_IN_ALL: Final = 2**30
"""Bytes, unpacked."""

DAMAGE: Final = (
    BadZipFile, zlib.error, struct.error, EOFError, LookupError, OSError, RuntimeError, ValueError, OverflowError,
)  # fmt: skip
"""What zipfile raises for archives that are cut, changed, encrypted or packed in a way it does not know."""


class Members:
    """The files in an archive. Raises "malformed", like its methods, and "too_large"."""

    def __init__(self, file: IO[bytes]) -> None:
        try:
            self._archive = ZipFile(file)
            names = [each.filename for each in self._archive.infolist() if not each.is_dir()]
        except DAMAGE:
            raise DomainError(
                "malformed", _("The file is no whole ZIP archive. Pack it again, then send it.")
            ) from None
        if len(names) > MOST_MEMBERS:
            sentence = _("The archive has {count} files; {most} is the most. Split it.")
            raise DomainError("too_large", sentence.format(count=len(names), most=MOST_MEMBERS))
        self.names = frozenset(names)
        self._left = MOST_IN_ALL

    def text(self, name: str) -> str:
        """A member as UTF-8."""
        data = self.data(name)
        try:
            return data.decode()
        except UnicodeDecodeError as error:
            raise DomainError(
                "malformed",
                _("{name} is not UTF-8 at byte {position}. Save it as UTF-8.").format(name=name, position=error.start),
            ) from None

    def data(self, name: str) -> bytes:
        """A member as it is."""
        most = min(MOST_IN_ONE, self._left)
        try:
            with self._archive.open(name) as member:
                data = member.read(most + 1)
        except DAMAGE:
            raise DomainError(
                "malformed", _("{name} cannot be unpacked: it is damaged or locked.").format(name=name)
            ) from None
        if len(data) > most:
            sentence = _(
                "{name} unpacks to too much; {one} bytes a file and {all} in all are the most. Split the archive."
            )
            raise DomainError("too_large", sentence.format(name=name, one=MOST_IN_ONE, all=MOST_IN_ALL))
        self._left -= len(data)
        return data
