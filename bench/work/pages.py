"""The annotation page on the server: time and bytes; and saving a new annotation from it, as the browser sends it."""

import itertools
from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import urlencode

from annotations.models import Article
from annotations.models.base import new_id
from bench.figures import Row, growth, measured
from bench.references import empty_view
from bench.site import Client, Site
from bench.stock import Stocked, stock

SIZES = {50: 5_000, 1_000: 100_000, 10_000: 100_000}
QUICK = {50: 5_000, 300: 20_000}
"""Annotations on the article: its characters."""

MOST = {50: 30, 1_000: 60}
KILOBYTES = {1_000: 150}
CHOICES = {"evidence_stance": "supports", "evidence_tier": "primary"}
FORM = {"Content_Type": "application/x-www-form-urlencoded", "HX_Request": "true", "Accept_Encoding": "gzip"}


def rows(site: Site) -> Iterator[Row]:
    plan, client = site.plan, site.page_client()
    sizes, view = plan.of(SIZES, QUICK), empty_view(site)
    beside = {"reference": view, "reference_name": "empty view"}
    shown, saved = [], []
    for size, characters in sizes.items():
        article = stock(site.desk, site.people["checker"], count=1, characters=characters, spans=size)[0]
        name, read = f"{size:,} on {characters:,} characters", partial(_page, client, article)
        shown.append(
            measured("annotation page, server", name, "ms", plan.medians(read, 4), most=MOST.get(size), **beside)
        )
        yield shown[-1]
        yield measured("annotation page, compressed", name, "kB", [len(read()) / 1000], most=KILOBYTES.get(size))
        save = _saving(site, client, article)
        saved.append(measured("save from the page, server", name, "ms", plan.medians(save, 8), most=50, **beside))
        yield saved[-1]
        yield measured("save from the page, answer compressed", name, "kB", [len(save()) / 1000], most=50)
    yield growth("annotation page, server", [*sizes], shown)
    yield growth("save from the page, server", [*sizes], saved, most=0.3)


def _page(client: Client, article: Stocked) -> bytes:
    return client.send("GET", f"/articles/{article.id}/", Accept_Encoding="gzip")[0]


def _saving(site: Site, client: Client, article: Stocked) -> Callable[[], bytes]:
    """Twenty code points, each time a little further on."""
    places, revision = itertools.count(0, 7), Article.objects.get(pk=article.id).revision_id
    token = client.headers["Cookie"].split("csrftoken=", 1)[1].split(";", 1)[0]
    page, _ = client.send("GET", f"/articles/{article.id}/")
    choices = page.split(b'name="choices" value="', 1)[1].split(b'"', 1)[0].decode()
    headers = FORM | {"X_CSRFToken": token, "Referer": f"http://127.0.0.1:{site.port}/articles/{article.id}/"}

    def save() -> bytes:
        start = next(places)
        place = {"start": start, "end": start + 20, "exact": article.text[start : start + 20]}
        form = urlencode(CHOICES | {"id": new_id(), "revision": revision, "choices": choices} | place)
        return client.send("POST", f"/articles/{article.id}/annotate/", form.encode(), **headers)[0]

    return save
