"""How far an article is: its annotations by state, coverage, verdicts, where its statements come from."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from annotations.core.charts import Chart, counted
from annotations.core.coverage import Seen
from annotations.core.independence import Support, supporting_groups
from annotations.core.states import AnnotationState, annotation_label
from annotations.core.wording import _, gettext_noop
from annotations.models import Annotation, Article, Attribution, Evidence, Verdict
from annotations.permissions import article_facts

SHOWN = 50
COLOURS = {Seen.ANNOTATED: 1, Seen.NOTHING_TO_CHECK: 3, Seen.UNSEEN: 5}
SEEN_AS = {
    Seen.ANNOTATED: gettext_noop("Annotated"),
    Seen.NOTHING_TO_CHECK: gettext_noop("Nothing to check"),
    Seen.UNSEEN: gettext_noop("Not seen yet"),
}


@dataclass(frozen=True, slots=True)
class ArticleOverview:
    """`single`: at most SHOWN statements that rest on one independent source, in text order; `single_count` all."""

    charts: list[Chart]
    single: list[Annotation]
    single_count: int


def article_overview(article: Article) -> ArticleOverview:
    """In a number of queries that does not grow with the article."""
    live = Annotation.objects.filter(article=article).live()
    single = _resting_on_one(live)
    rows = live.filter(pk__in=single).in_text_order()[:SHOWN]
    charts = [_by_state(article), _coverage(article), _verdicts(article, live), _origins(article, live)]
    return ArticleOverview(charts, list(rows), len(single))


def _by_state(article: Article) -> Chart:
    rows = Annotation.objects.filter(article=article).values_list("state").annotate(number=Count("pk")).order_by()
    found = dict(rows)
    bars = [counted(annotation_label(state), found[state]) for state in AnnotationState if state in found]
    return Chart(_("Annotations by state"), _("State"), _("Annotations"), bars, _("Nothing is annotated yet."))


def _coverage(article: Article) -> Chart:
    found = Counter(row.seen for row in article_facts(article).coverage)
    bars = [counted(_(SEEN_AS[seen]), found[seen], COLOURS[seen]) for seen in Seen]
    return Chart(
        _("Coverage"), _("Sentences"), _("Number"), bars, _("The text has no sentences to check."), whole=found.total()
    )


def _verdicts(article: Article, live: QuerySet[Annotation]) -> Chart:
    rows = Verdict.objects.filter(annotation__in=live, retired_at=None)
    bars = _by_term(rows, "term", article.desk.language)
    return Chart(_("Verdicts"), _("Verdict"), _("Annotations"), bars, _("No verdict has been proposed yet."))


def _origins(article: Article, live: QuerySet[Annotation]) -> Chart:
    rows = Attribution.objects.filter(annotation__in=live, retired_at=None, origin__isnull=False)
    bars = _by_term(rows, "origin", article.desk.language)
    return Chart(_("Sources by origin"), _("Origin"), _("Sources"), bars, _("No source is named yet."))


def _by_term(rows: QuerySet[Any], path: str, language: str) -> list[Any]:
    """One bar a term, in the order of its vocabulary."""
    names = (f"{path}__name", f"{path}__colour")
    found = rows.order_by(f"{path}__position", f"{path}__name").values_list(*names)
    return [counted(name, number, colour, language) for name, colour, number in found.annotate(number=Count("pk"))]


def _resting_on_one(live: QuerySet[Annotation]) -> list[UUID]:
    """Annotations whose support comes from exactly one independent source, as the desk's policies count them."""
    support: dict[UUID, list[Support]] = defaultdict(list)
    for row in Evidence.objects.filter(annotation__in=live, retired_at=None):
        found = Support(row.stance, row.independence_group, row.publisher, row.url, row.unnamed)
        support[row.annotation_id].append(found)
    return [id for id, evidence in support.items() if len(supporting_groups(evidence)) == 1]
