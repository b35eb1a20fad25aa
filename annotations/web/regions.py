"""Which regions of the annotation page an action on one annotation refreshes. The only list of them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from annotations.core.colouring import NO_COLOUR
from annotations.core.states import HIDDEN
from annotations.models import Annotation, Article
from annotations.permissions import may
from annotations.queries.article_page import BlockView
from annotations.queries.card_rows import CardRow
from annotations.queries.touched import touched_by
from annotations.templatetags.cards import card
from annotations.templatetags.reading import block_html
from annotations.web.card_window import CardWindow
from annotations.web.colouring import colouring_of
from annotations.web.htmx import Region
from annotations.web.moves import annotation_buttons, next_step, possible
from annotations.web.requests import PersonRequest

DECISIONS = ("edit", "withdraw", "undo", "comment", "assign", "link")
NOTHING = SafeString("")


def changed_regions(
    request: PersonRequest, annotation: Annotation, touched: Sequence[tuple[int, int]], *, moved: bool = False
) -> list[Region]:
    """Every block that the annotation touches or touched, its card, the count.

    `touched`: (start, end) ranges in code points. `moved` says that the card has to find a new place: it goes to the
    end of the list, from where the browser puts it in text order (a list may hold only a part of all cards).
    """
    selector = f"#card-{annotation.pk}"
    by = colouring_of(request, annotation.article.desk)
    views, row, count = touched_by(annotation, touched, by)
    regions = [Region(f"#b{view.block.position}", block_html(view)) for view in views]
    is_hidden = annotation.state in HIDDEN
    if is_hidden or moved:
        regions.append(Region(selector, NOTHING, "delete"))
    if moved and not is_hidden:
        regions.append(Region("#cards", current_card(request, annotation, row), "beforeend"))
    elif not is_hidden:
        regions.append(Region(selector, current_card(request, annotation, row)))
    regions.append(Region("#no-cards", NOTHING, "delete") if count else empty_list(annotation.article))
    return [*regions, *shown_in_legend(views), Region("#annotation-count", format_html("{}", count), "innerHTML")]


def shown_in_legend(views: Iterable[BlockView]) -> list[Region]:
    """The colours of these blocks are no longer absent there. The entries stay as they are ticked."""
    colours = {NO_COLOUR if mark.colour is None else str(mark.colour) for view in views for mark in view.marks}
    signs = ", ".join(f"#absent-k{colour}" for colour in sorted(colours))
    return [Region(signs, NOTHING, "delete")] if signs else []


def empty_list(article: Article) -> Region:
    return Region("#cards", CardWindow(article, [], first=0, count=0).html, "innerHTML")


def current_card(request: PersonRequest, annotation: Annotation, row: CardRow) -> SafeString:
    """The card with everything on it."""
    buttons = annotation_buttons(request.user, annotation)
    context = {
        "annotation": annotation,
        "can": decisions(request, annotation),
        "moves": [button for button in possible(buttons) if button.action != "withdraw"],
        "next_step": next_step(annotation, buttons),
    }
    more = render_to_string("annotations/annotations/_more.html", context, request=request)
    return card(row, annotation.article, more, colouring_of(request, annotation.article.desk))


def decisions(request: PersonRequest, annotation: Annotation) -> dict[str, Any]:
    """What this person may do to the annotation, each with the sentence why not."""
    return {action: may(request.user, action, annotation) for action in DECISIONS}


def extent(annotation: Annotation) -> tuple[int, int]:
    return (annotation.start, annotation.end)
