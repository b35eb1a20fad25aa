"""Reading all annotations of an article: at once, for the first time and again, and a page at a time."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle, islice
from statistics import median
from uuid import UUID

from bench.figures import Row, growth, measured
from bench.references import empty_view
from bench.site import Client, Site
from bench.stock import Stocked
from bench.timing import milliseconds
from bench.work.creating import articles_holding

SIZES = (100, 1_000, 10_000)
QUICK = (100, 300)
"""Annotations on the article."""

MOST = {1_000: 15, 10_000: 47}
"""Milliseconds: half of what the better peer took where both were measured side by side, each asked again and again."""


FIRST = {100: 6, 1_000: 6, 10_000: 1}
"""Articles that a round reads for the first time."""

ALL = "read all annotations of an article"


def rows(site: Site) -> Iterator[Row]:
    plan, client = site.plan, site.client()
    sizes, found = plan.of(SIZES, QUICK), dict[str, list[Row]]()
    beside = {"reference": empty_view(site), "reference_name": "empty view"}
    for size in sizes:
        each = plan.calls(FIRST.get(size, 2))
        articles, name = articles_holding(site, size, 1 + each * plan.rounds), f"{size:,}"
        for work, times in _at_once(site, client, articles, each).items():
            row = measured(work, name, "ms", times, most=MOST.get(size) if work == ALL else None, **beside)
            found.setdefault(work, []).append(row)
            yield row
        article = articles[0]
        first = partial(client.send, "GET", f"/api/v1/annotations/?article={article.id}")
        yield measured("first page of an article's annotations (50)", name, "ms", plan.medians(first, 20), **beside)
        times = plan.medians(partial(_pages, client, article.id), 3)
        yield measured("all pages of an article's annotations (200 each)", name, "ms", times, **beside)
    for work in (f"{ALL}, the first time", ALL):
        yield growth(work, sizes, found[work])


def _at_once(site: Site, client: Client, articles: list[Stocked], each: int) -> dict[str, list[float]]:
    """Milliseconds by work. Each article but the first one is read for the first time by one call alone."""
    plan, paths = site.plan, [f"/api/v1/export/jsonl/?article={article.id}&state=all" for article in articles]
    again = partial(client.send, "GET", paths[0])
    fresh = iter(paths[1:])
    plan.settle()
    first = [
        median(milliseconds(partial(client.send, "GET", path)) for path in islice(fresh, each))
        for _ in range(plan.rounds)
    ]
    edited = plan.runs_of(_edited(client, articles[0].id, again))
    tag = again()[1]["etag"]
    return {
        f"{ALL}, the first time": first,
        ALL: plan.medians(again, 20),
        f"{ALL}, after an edit": edited,
        f"{ALL}, when there is nothing new (304)": plan.medians(partial(again, If_None_Match=tag), 20),
    }


def _edited(client: Client, article: UUID, read: Callable[[], object]) -> Callable[[], float]:
    """One of the annotations gets another claim each time, which is not timed; the reading after it is."""
    page = client.json("GET", f"/api/v1/annotations/?article={article}&page_size=1")
    path, claims = f"/api/v1/annotations/{page['results'][0]['id']}/", cycle(("This.", "That."))

    def run() -> float:
        _, headers = client.send("GET", path)
        client.send("PATCH", path, {"claim": next(claims)}, If_Match=headers["etag"])
        return milliseconds(read)

    return run


def _pages(client: Client, article: UUID) -> None:
    """Follow the links to the last page, as a client without exports would."""
    path = f"/api/v1/annotations/?article={article}&page_size=200"
    while path:
        path = (client.json("GET", path)["next"] or "").partition(f":{client.http.port}")[2]
