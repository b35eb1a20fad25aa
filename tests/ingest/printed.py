"""PDF files for the tests, made with reportlab."""

import io
import zlib
from typing import Any

from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption  # type: ignore[import-untyped]
from reportlab.lib.styles import getSampleStyleSheet  # type: ignore[import-untyped]
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer  # type: ignore[import-untyped]

STYLES = getSampleStyleSheet()
HEADLINE = "Bridge reopens after three years of work, to nobody's great surprise"
SENTENCES = (
    "The bridge reopened on Saturday morning after three years of work, the city said in a statement that goes on for "
    "so long that it fills several lines. It cost forty million dollars, and nobody was pleased with the outcome."
)


def built(*parts: Any, running: bool = False, **options: Any) -> bytes:
    out = io.BytesIO()
    frame = _running_lines if running else _nothing
    SimpleDocTemplate(out, **options).build(list(parts), onFirstPage=frame, onLaterPages=frame)
    return out.getvalue()


def styled(text: str, style: str = "BodyText") -> Any:
    return Paragraph(text, STYLES[style])


def news_pdf(paragraphs: int = 14) -> bytes:
    body = [styled(f"{number}. {SENTENCES}".replace(". ", ": ", 1)) for number in range(paragraphs)]
    return built(
        styled(HEADLINE, "Title"),
        styled("By Claire Lee", "Normal"),
        styled("December 13, 2025", "Normal"),
        Spacer(1, 12),
        *body[:2],
        styled("Killed in combat", "Heading2"),
        *body[2:],
        running=True,
        author="Ola Nordmann",
    )


def pages(count: int) -> bytes:
    return built(*(part for number in range(count) for part in (styled(f"Page {number}."), PageBreak())))


def picture_pdf() -> bytes:
    """A page that holds nothing but a picture."""
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawImage(ImageReader(Image.new("RGB", (8, 8), "white")), 72, 72, 200, 200)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def unpacking_to(size: int) -> bytes:
    """A page whose drawing commands are `size` blanks, packed."""
    packer = zlib.compressobj()
    packed = b"".join(packer.compress(b" " * 1_000_000) for _ in range(size // 1_000_000)) + packer.flush()
    head = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
    )
    body = f"4 0 obj<</Filter/FlateDecode/Length {len(packed)}>>stream\n".encode() + packed + b"\nendstream endobj\n"
    return head + body + b"trailer<</Root 1 0 R>>\n"


def locked_pdf() -> bytes:
    return built(styled("A secret."), encrypt=StandardEncryption("secret", ownerPassword="other"))


def _running_lines(canvas: Any, document: Any) -> None:
    canvas.drawString(72, 30, f"Page {canvas.getPageNumber()}")
    canvas.drawString(72, 800, "Riverside Daily, December edition")


def _nothing(canvas: Any, document: Any) -> None:
    """No header, no footer."""
