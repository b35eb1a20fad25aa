"""The .ann that we write, and the marks that must stand in it."""

import io
from itertools import pairwise
from typing import Any
from zipfile import ZipFile

from annotations.formats import brat
from annotations.formats.documents import Fragments, OutgoingDocument
from annotations.formats.own_data import parts_of
from tests.formats.outgoing import TEXT


def annotations(sent: OutgoingDocument) -> str:
    """The .ann of a document."""
    with ZipFile(io.BytesIO(b"".join(brat.written([sent])))) as made:
        return made.read(next(name for name in made.namelist() if name.endswith(".ann"))).decode()


def expected_marks(rows: list[dict[str, Any]]) -> list[tuple[str, Fragments]]:
    """Each label with its parts around line feeds, and around nothing else."""
    return [
        (label, tuple(part for each in parts_of(row) for part in around_line_feeds(*each)))
        for row in rows
        for label in row["terms"] or ["unlabelled"]
    ]


def around_line_feeds(start: int, end: int) -> Fragments:
    lines = [start, *(at + 1 for at in range(start, end) if TEXT[at] == "\n"), end + 1]
    return tuple((a, b - 1) for a, b in pairwise(lines) if a < b - 1)
