"""Gzip as a stream: what goes in leaves soon, and no more than the window of the method is kept."""

import zlib
from collections.abc import Generator, Iterator
from contextlib import closing
from typing import Final

FORMAT: Final = 16 + zlib.MAX_WBITS
LEVEL: Final = 3
"""Measured on JSON Lines: 1.6 times as fast as 6, and files a tenth larger."""

HELD_BACK: Final = 65_536
"""Bytes that may wait for more, since each flush costs compression. The first piece never waits."""


def gzipped(pieces: Generator[bytes, None, None]) -> Iterator[bytes]:
    """The pieces as one gzip file. A cut one has no checksum at its end, which every reader looks for."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, FORMAT)
    waiting = HELD_BACK
    with closing(pieces):
        for piece in pieces:
            waiting += len(piece)
            packed = packer.compress(piece)
            if waiting >= HELD_BACK:
                packed += packer.flush(zlib.Z_SYNC_FLUSH)
                waiting = 0
            if packed:
                yield packed
    yield packer.flush()
