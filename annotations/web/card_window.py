"""The cards beside the text, a window of them at a time: a page with ten thousand cards would be slow for nothing."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from annotations.models import Annotation, Article
from annotations.queries.article_page import cards
from annotations.templatetags.cards import card
from annotations.web.requests import PersonRequest, with_vocabularies

SIZE = 200
"""Cards that a page holds; the next ones come when the reader asks for them."""


@dataclass(frozen=True, slots=True)
class CardWindow:
    """`rows` begin with card number `first` (from 0) of `count`, in text order."""

    article: Article
    rows: list[Annotation]
    first: int
    count: int

    @property
    def html(self) -> SafeString:
        """The cards, with links to the windows before and after this one; a sentence when there is no card at all."""
        html = format_html_join("\n", "{}", ((card(row),) for row in self.rows))
        context: dict[str, Any] = {
            "article": self.article,
            "cards": html,
            "first": self.first,
            "before": max(0, self.first - SIZE),
            "after": self.first + SIZE,
            "is_more": self.first + SIZE < self.count,
            "count": self.count,
        }
        return render_to_string("annotations/articles/_cards.html", context)


def card_window(article: Article, first: int = 0) -> CardWindow:
    """The window that begins with card number `first`."""
    rows = with_vocabularies(list(cards(article)[first : first + SIZE + 1]))
    is_all = not first and len(rows) <= SIZE
    return CardWindow(article, rows[:SIZE], first, len(rows) if is_all else cards(article).count())


def first_asked(request: PersonRequest, article: Article) -> int:
    """Where the window begins that an address asks for: `from` counts in text order, `around` names an annotation."""
    if around := request.GET.get("around"):
        keys = cards(article).select_related(None).prefetch_related(None).values_list("pk", flat=True)
        place = next((number for number, key in enumerate(keys) if str(key) == around), 0)
        return max(0, place - SIZE // 2)
    wanted = request.GET.get("from", "")
    return int(wanted) if wanted.isdecimal() and len(wanted) < 10 else 0
