"""What others did on an article, as pieces of its page. The page asks when the stream says that something happened."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_safe

from annotations.core.states import HIDDEN
from annotations.models import Annotation, Article
from annotations.queries.article_page import block_views
from annotations.queries.card_rows import CardRow, card_rows
from annotations.queries.changes import Changes, changes_since, places_of
from annotations.templatetags.cards import card
from annotations.templatetags.reading import block_html
from annotations.web.colouring import colouring_of
from annotations.web.htmx import Region, regions_answer
from annotations.web.lazy import _
from annotations.web.live import stream_html
from annotations.web.regions import NOTHING, empty_list, shown_in_legend
from annotations.web.requests import PersonRequest, article_or_404, revision_of

WHOLE = _("The article changed as a whole.")


@login_required
@require_safe
def article_changes(request: PersonRequest, pk: UUID) -> HttpResponse:
    """`since` is the number of the last event that the page knows; 204 when nothing happened after it.

    `own=no` leaves out what the person did, whose page shows that already, its review panel too; `busy` names a card
    that is being written in; `renew` asks for a new stream.
    """
    article = article_or_404(request, pk)
    since = request.GET.get("since", "")
    number = int(since) if since.isascii() and since.isdecimal() and len(since) < 18 else 0
    changes = changes_since(article, number, request.user if request.GET.get("own") == "no" else None)
    by = colouring_of(request, article.desk)
    regions = _whole(article) if changes.is_whole else _pieces(article, changes, request.GET.get("busy", ""), by)
    events: dict[str, dict[str, Any]] = {"live-pulled": {"number": changes.last}}
    if request.GET.get("renew"):
        regions.append(Region("#live-stream", stream_html(request.user, article)))
    elif changes.last == number:
        return HttpResponse(status=204)
    if changes.is_news:
        events["article-changed"] = {}
    return regions_answer(regions, events=events)


@login_required
@require_safe
def no_stream(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Where no stream is served beside Django, as under a WSGI server: the page asks from time to time instead."""
    article_or_404(request, pk)
    return HttpResponse("There is no stream here.\n", content_type="text/plain")


def _whole(article: Article) -> list[Region]:
    html = render_to_string("annotations/articles/_reload.html", {"article": article, "sentence": WHOLE})
    return [Region("#reload", NOTHING, "delete"), Region("#messages", html, "beforeend")]


def _pieces(article: Article, changes: Changes, busy: str, by: str) -> list[Region]:
    """Blocks, then cards that find a place, then cards that stay where they are, then the count.

    Places come first because they are said by the cards that follow.
    """
    if not changes.ids:
        return []
    revision = revision_of(article)
    rows = card_rows(Annotation.objects.filter(pk__in=changes.ids, article=article, revision=revision))
    found = {row.id: row for row in rows}
    shown = {pk: row for pk, row in found.items() if row.state not in HIDDEN and str(pk) != busy}
    gone = [pk for pk in changes.ids if pk not in shown and str(pk) != busy]
    touched = sorted(changes.touched | {(row.start, row.end) for row in rows})
    placed = {pk for pk in changes.placed if pk in shown}
    count, groups = places_of(article, placed)
    views = block_views(revision, touched, by)
    return [
        *(Region(f"#b{view.block.position}", block_html(view)) for view in views),
        *shown_in_legend(views),
        *(Region(f"#card-{pk}", NOTHING, "delete") for pk in [*gone, *sorted(placed)]),
        *_placed(article, groups, shown, by),
        *(Region(f"#card-{pk}", card(row, article, by=by)) for pk, row in shown.items() if pk not in placed),
        Region("#no-cards", NOTHING, "delete") if count else empty_list(article),
        Region("#annotation-count", format_html("{}", count), "innerHTML"),
    ]


def _placed(
    article: Article, groups: list[tuple[list[UUID], UUID | None]], shown: dict[UUID, CardRow], by: str
) -> list[Region]:
    regions = []
    for ids, following in groups:
        html = format_html_join("\n", "{}", ((card(shown[pk], article, by=by),) for pk in ids))
        target = ("#cards", html, "beforeend") if following is None else (f"#card-{following}", html, "beforebegin")
        regions.append(Region(*target))
    return regions
