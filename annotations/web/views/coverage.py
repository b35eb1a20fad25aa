"""Coverage: every sentence of the ledger by block, marked "nothing to check" one, several or a block at a time."""

import re
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from annotations.core.coverage import Covered, Seen
from annotations.core.errors import DomainError
from annotations.models import Article, Block
from annotations.permissions import article_facts, may
from annotations.services.coverage import mark_nothing_to_check, take_mark_back
from annotations.web.htmx import Region, regions_answer, varied, wants_partial
from annotations.web.refusals import refused, toast
from annotations.web.requests import PersonRequest, article_with_text_or_404, revision_of
from annotations.web.review_panel import panel_context

RANGE: Final = re.compile(r"(\d{1,9})-(\d{1,9})")
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence as the page lists it."""

    row: Covered
    text: str

    @property
    def key(self) -> str:
        return f"{self.row.start}-{self.row.end}"


@dataclass(frozen=True, slots=True)
class Group:
    """The sentences of one block."""

    block: Block
    lines: list[Line]

    @property
    def unseen(self) -> list[Line]:
        return [line for line in self.lines if line.row.seen is Seen.UNSEEN]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def coverage(request: PersonRequest, pk: UUID) -> HttpResponse:
    article = article_with_text_or_404(request, pk)
    if request.method != "POST":
        return varied(render(request, "annotations/review/coverage.html", _context(request, article)))
    try:
        done, place = _saved(request, article)
    except DomainError as error:
        return refused(request, error)
    if not wants_partial(request):
        messages.success(request, done)
        return redirect("annotations:coverage", pk=pk)
    return regions_answer([_region(request, article, place), toast(request, done)])


def _region(request: PersonRequest, article: Article, place: int) -> Region:
    """The ledger, or on the article's page the panel. The ledger gives the focus to what is unseen from `place` on."""
    if "panel" in request.POST:
        context = {"article": article} | panel_context(request.user, article, article_facts(article))
        html = render_to_string("annotations/review/_panel.html", context, request=request)
        return Region("#review-panel", html)
    context = _context(request, article)
    left = [line for group in groups_of(article, article_facts(article).coverage) for line in group.unseen]
    after = next((line.key for line in left if line.row.start >= place), left[0].key if left else "")
    html = render_to_string("annotations/review/_ledger.html", context | {"answered": True, "after": after}, request)
    return Region("#ledger", html)


def _context(request: PersonRequest, article: Article) -> dict[str, object]:
    rows = article_facts(article).coverage
    return {
        "article": article,
        "groups": groups_of(article, rows),
        "sentences": len(rows),
        "seen": sum(row.seen is not Seen.UNSEEN for row in rows),
        "may_cover": may(request.user, "cover", article),
    }


def groups_of(article: Article, rows: tuple[Covered, ...]) -> list[Group]:
    """The ledger by block, in text order; blocks without a sentence are left out."""
    revision = revision_of(article)
    groups, left = [], list(rows)
    for block in revision.blocks.order_by("position"):
        inside = [row for row in left if block.start <= row.start < block.end]
        left = left[len(inside) :]
        if inside:
            groups.append(Group(block, [Line(row, revision.text[row.start : row.end]) for row in inside]))
    return groups


def _saved(request: PersonRequest, article: Article) -> tuple[str, int]:
    """Do what was sent: the sentence that says so, and the code point from which the work goes on."""
    data = request.POST
    try:
        revision_id = UUID(data.get("revision", ""))
    except ValueError:
        raise DomainError("stale", _("The page is out of date. Load it again.")) from None
    if "take_back" in data:
        places = _places(data, "take_back")
        take_mark_back(article_id=article.pk, actor=request.user, revision_id=revision_id, ranges=places)
        return _("Taken back. The sentence is unseen again."), min(places, default=(0, 0))[0]
    places = _of_block(article, data["block"]) if "block" in data else _places(data, "range")
    if not places:
        raise DomainError("nothing_chosen", _("Tick the sentences in which there is nothing to check."))
    mark_nothing_to_check(article_id=article.pk, actor=request.user, revision_id=revision_id, ranges=places)
    marked = len(places)
    said = ngettext("%(number)s sentence marked.", "%(number)s sentences marked.", marked) % {"number": marked}
    return said, max(places)[1]


def _places(data: QueryDict, name: str) -> list[Place]:
    found = [RANGE.fullmatch(each) for each in data.getlist(name)]
    return [(int(match[1]), int(match[2])) for match in found if match]


def _of_block(article: Article, position: str) -> list[Place]:
    """The unseen sentences of one block."""
    groups = groups_of(article, article_facts(article).coverage)
    lines = [line for group in groups if str(group.block.position) == position for line in group.unseen]
    return [(line.row.start, line.row.end) for line in lines]
