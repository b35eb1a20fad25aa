"""The cards beside the text, a window of them at a time: a page with ten thousand cards would be slow for nothing."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from annotations.core.colouring import LABELS
from annotations.models import Article
from annotations.queries.card_rows import CardRow, card_rows, cards
from annotations.templatetags.cards import card
from annotations.web.requests import PersonRequest

SIZE = 50
"""Cards that come at a time; the next ones follow when the reader gets to the end of them."""


@dataclass(frozen=True, slots=True)
class CardWindow:
    """`rows` begin with card number `first` (from 0) of `count`, in text order.

    `part` says what the window is for: "" stands alone, "later" follows cards that are there, "earlier" precedes them.
    `by` is what their colours stand for.
    """

    article: Article
    rows: list[CardRow]
    first: int
    count: int
    part: str = ""
    by: str = LABELS

    @property
    def html(self) -> SafeString:
        """The cards, with links to the windows before and after this one; a sentence when there is no card at all."""
        html = mark_safe("\n".join(card(row, self.article, by=self.by) for row in self.rows))  # noqa: S308  # escaped
        context: dict[str, Any] = {
            "article": self.article,
            "cards": html,
            "first": self.first,
            "before": max(0, self.first - SIZE),
            "after": self.first + SIZE,
            "is_more": self.first + SIZE < self.count,
            "count": self.count,
            "part": self.part,
        }
        return render_to_string("annotations/articles/_cards.html", context)


def card_window(
    article: Article, first: int = 0, part: str = "", count: int | None = None, by: str = LABELS
) -> CardWindow:
    """The window that begins with card number `first`; `count` from a caller that has it already."""
    rows = card_rows(cards(article)[first : first + SIZE])
    return CardWindow(article, rows, first, cards(article).count() if count is None else count, part, by)


def first_asked(request: PersonRequest, article: Article) -> int:
    """Where the window begins that an address asks for: `from` counts in text order, `around` names an annotation.

    Windows begin at multiples of SIZE, so that they fit together without overlap.
    """
    if around := request.GET.get("around"):
        keys = cards(article).values_list("pk", flat=True)
        place = next((number for number, key in enumerate(keys) if str(key) == around), 0)
        return place - place % SIZE
    wanted = request.GET.get("from", "")
    number = int(wanted) if wanted.isdecimal() and len(wanted) < 10 else 0
    return number - number % SIZE
