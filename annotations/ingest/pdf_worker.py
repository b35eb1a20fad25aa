"""Run as a program of its own: a PDF on standard input, its lines with places and fonts as JSON on standard output.

A purpose-made PDF can take any amount of time and memory; a process can be given limits and be killed. Imports nothing
of this application, so that it starts fast.
"""

import io
import json
import resource
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LAParams, LTChar, LTContainer, LTTextBox, LTTextLine
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

MOST_CHARACTERS = 2_500_000


def main() -> None:
    seconds, megabytes, most_pages = map(int, sys.argv[1:4])
    _limit(seconds, megabytes)
    try:
        result = read(sys.stdin.buffer.read(), most_pages)
    except (PDFPasswordIncorrect, PDFEncryptionError):
        result = {"error": "encrypted"}
    except MemoryError:
        result = {"error": "memory"}
    except Exception:
        result = {"error": "unreadable"}
    sys.stdout.write(json.dumps(result))


def read(data: bytes, most_pages: int) -> dict[str, Any]:
    """`pages`: `{height, lines}` each; a line is `[text, size, is bold, x0, x1, y0, y1, box]`, y upwards, in points."""
    document = PDFDocument(PDFParser(io.BytesIO(data)))
    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=LAParams(all_texts=True))
    interpreter = PDFPageInterpreter(resources, device)
    pages: list[dict[str, Any]] = []
    characters = 0
    for page in PDFPage.create_pages(document):
        if len(pages) == most_pages:
            return {"error": "pages"}
        interpreter.process_page(page)
        layout = device.get_result()
        lines = [line for number, box in enumerate(_boxes(layout)) for line in _lines(box, number)]
        pages.append({"height": layout.height, "lines": lines})
        characters += sum(len(line[0]) for line in lines)
        if characters > MOST_CHARACTERS:
            break
    return {"pages": pages, **_declared(document)}


def _limit(seconds: int, megabytes: int) -> None:
    """Not every system knows every limit; the parent's own clock holds in any case."""
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1_000_000, megabytes * 1_000_000))


def _boxes(container: LTContainer[Any]) -> Iterator[LTTextBox]:
    for item in container:
        if isinstance(item, LTTextBox):
            yield item
        elif isinstance(item, LTContainer):
            yield from _boxes(item)


def _lines(box: LTTextBox, number: int) -> Iterator[list[Any]]:
    for line in box:
        if isinstance(line, LTTextLine) and (text := line.get_text().strip()):
            characters = [item for item in line if isinstance(item, LTChar) and item.get_text().strip()]
            sizes = Counter(round(character.size, 1) for character in characters)
            bold = sum("bold" in character.fontname.lower() for character in characters)
            size = sizes.most_common(1)[0][0] if sizes else round(line.height, 1)
            yield [text, size, bold * 2 > len(characters), line.x0, line.x1, line.y0, line.y1, number]


def _declared(document: PDFDocument) -> dict[str, str]:
    info = document.info[0] if document.info else {}
    return {
        "title": _text(info.get("Title")),
        "author": _text(info.get("Author")),
        "created": _text(info.get("CreationDate")),
        "language": _text(document.catalog.get("Lang")),
    }


def _text(value: object) -> str:
    found = resolve1(value)
    return decode_text(found) if isinstance(found, bytes) else ""


if __name__ == "__main__":
    main()
