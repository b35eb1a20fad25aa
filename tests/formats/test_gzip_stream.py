"""Gzip in a stream: any reader unpacks it, the first piece leaves at once, memory does not grow, a cut one shows."""

import gzip
import tracemalloc
import zlib
from collections.abc import Generator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.formats.gzip_stream import FORMAT, HELD_BACK, gzipped

Pieces = Generator[bytes, None, None]


def pieces(*given: bytes) -> Pieces:
    yield from given


@given(st.lists(st.binary(max_size=200)))
def test_any_reader_unpacks_it(given: list[bytes]) -> None:
    assert gzip.decompress(b"".join(gzipped(pieces(*given)))) == b"".join(given)


def test_each_large_piece_leaves_at_once() -> None:
    sent: list[bytes] = []

    def slow() -> Pieces:
        for piece in (b"first", b"x" * HELD_BACK, b"last"):
            sent.append(piece)
            yield piece

    unpacker = zlib.decompressobj(FORMAT)
    stream = gzipped(slow())

    assert (unpacker.decompress(next(stream)), sent) == (b"first", [b"first"])
    assert unpacker.decompress(next(stream)) == b"x" * HELD_BACK
    assert unpacker.decompress(b"".join(stream)) == b"last"
    assert unpacker.eof


def test_memory_does_not_grow() -> None:
    block = bytes(range(256)) * 256

    tracemalloc.start()
    size = sum(len(piece) for piece in gzipped(block for _ in range(1000)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert size > 100_000
    assert peak < 1_000_000


def test_a_cut_one_shows() -> None:
    whole = b"".join(gzipped(pieces(b"one", b"two")))

    for length in (len(whole) - 1, len(whole) - 8, 20):
        with pytest.raises(EOFError):
            gzip.decompress(whole[:length])


def test_whoever_stops_reading_ends_the_source() -> None:
    ended = []

    def source() -> Pieces:
        try:
            yield b"one"
            yield b"two"
        finally:
            ended.append(True)

    stream = gzipped(source())
    next(stream)
    stream.close()  # type: ignore[attr-defined]

    assert ended == [True]
