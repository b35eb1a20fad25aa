"""Worklist, lists and search, on desks of more and more articles with 50 annotations each."""

from collections.abc import Iterator
from functools import partial

from bench.figures import Row, growth, measured
from bench.peers.install import KINDS
from bench.references import empty_view
from bench.site import Client, Site
from bench.stock import EACH, full_desk
from bench.workload import RARE

SIZES = (1_000, 10_000)
QUICK = (50, 200)
"""Articles on the desk."""

API = {
    "first page of the articles": "/api/v1/articles/",
    "first page of the annotations": "/api/v1/annotations/",
    "annotations with a label": "/api/v1/annotations/?term=eyewitness",
    "search for a word in the articles": f"/api/v1/articles/?q={RARE}",
    "search for a word in the annotations": f"/api/v1/annotations/?q={RARE}",
}
PAGES = {
    "worklist page": "/",
    "articles page": "/articles/",
    "articles page, search": f"/articles/?q={RARE}",
    "search page": f"/search/?q={RARE}",
}
MOST = {"first page of the articles": 48, "search for a word in the articles": 36}
"""Milliseconds: a quarter of what the better peer took where both were measured side by side. Where a peer is
installed, the part `peers` has the target, from the same run."""


def rows(site: Site) -> Iterator[Row]:
    found: dict[str, list[Row]] = {}
    sizes, view = site.plan.of(SIZES, QUICK), empty_view(site)
    for size in sizes:
        desk = full_desk(site, size)
        yield measured("fill a desk through COPY", f"{size * EACH:,} annotations", "/s", [size * EACH / desk.filled_in])
        browser = site.page_client(desk.person)
        for client, work in ((site.client(desk.person), API), (browser, PAGES)):
            for name, path in work.items():
                row = _row(site, client, name, path, size, view)
                found.setdefault(name, []).append(row)
                yield row
    for name, each in found.items():
        yield growth(name, sizes, each, most=0.3)


def _row(site: Site, client: Client, work: str, path: str, size: int, view: float) -> Row:
    times = site.plan.medians(partial(client.send, "GET", path), 8)
    has_peers = any(kind.is_installed for kind in KINDS)
    most = MOST.get(work) if size == 1_000 and not has_peers else None
    return measured(work, f"{size:,} articles", "ms", times, reference=view, reference_name="empty view", most=most)
