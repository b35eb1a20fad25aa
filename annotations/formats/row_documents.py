"""Rows of annotations that left as JSON Lines or CSV, on their way in again: one document an article, without its text.

The text is what the article has where the rows arrive; the quotes say whether it is the same.
"""

from collections.abc import Iterator, Mapping
from typing import IO, Any

from annotations.core.errors import DomainError
from annotations.core.wording import _
from annotations.formats import csv_table, own_data
from annotations.formats.documents import IncomingDocument, IncomingSpan


def read(file: IO[bytes]) -> Iterator[IncomingDocument]:
    """The rows of a CSV file. Raises "malformed", "truncated"."""
    found = Grouped()
    for number, row in csv_table.read(file):
        found.add(number, row)
        if found.refusal:
            raise found.refusal
    yield from found.documents()


class Grouped:
    """One document an article, in the order of their first rows. Of a row its span is kept, which is far smaller."""

    def __init__(self) -> None:
        self.count = 0
        self._spans: dict[str, list[IncomingSpan]] = {}
        self._metadata: dict[str, dict[str, str]] = {}
        self.refusal: DomainError | None = None

    def add(self, number: int, row: Mapping[str, Any]) -> None:
        """`number` of its line. What cannot be read is kept as `refusal`, for other faults of a file may come first."""
        self.count += 1
        if self.refusal:
            return
        try:
            article = own_data.text(row.get("article"), "article")
            found = self._spans.setdefault(article, [])
            found.append(span_of(row, len(found) + 1))
        except ValueError as error:
            sentence = _("Line {number} {why}. Correct it, then send the file again.")
            why = _("cannot be read: {error}").format(error=error)
            self.refusal = DomainError("malformed", sentence.format(number=number, why=why))
            return
        if article not in self._metadata:
            told = {"title": row.get("article_title"), "canonical_url": row.get("canonical_url")}
            self._metadata[article] = {name: value for name, value in told.items() if isinstance(value, str) and value}

    def documents(self) -> Iterator[IncomingDocument]:
        """Raises "malformed"."""
        if self.refusal:
            raise self.refusal
        for article, metadata in self._metadata.items():
            key = metadata.get("title") or article
            yield IncomingDocument(key=key, text="", article=article, spans=self._spans[article], metadata=metadata)


def span_of(row: Mapping[str, Any], number: int) -> IncomingSpan:
    """A row of ours, or of anybody who writes its shape. Raises ValueError."""
    return IncomingSpan(
        number=number,
        start=own_data.whole(row.get("start"), "start"),
        end=own_data.whole(row.get("end"), "end"),
        exact=own_data.text(row["exact"], "exact") if row.get("exact") is not None else None,
        fragments=own_data.fragments_of(row),
        labels=own_data.texts(row.get("terms"), "terms"),
        **own_data.span_fields(row),
    )
