"""How many SQL statements a call sends: a figure that no busy machine moves. Counted within this process."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.figures import Row, growth, measured
from bench.site import Site
from bench.stock import stock

SIZES = (60, 1_000)
"""Annotations on the article: more than a page of them in either case."""

CREATE, LIST, PAGE = 12, 8, 15
"""At most."""


def rows(site: Site) -> Iterator[Row]:
    found: dict[str, list[Row]] = {}
    for size in SIZES:
        article = str(stock(site.desk, site.people["checker"], count=1, characters=20_000, spans=size)[0].id)
        for work, call, most in _calls(site, article):
            call()
            row = measured(f"SQL statements: {work}", f"{size:,}", "statements", [_counted(call)], most=most)
            found.setdefault(row.work, []).append(row)
            yield row
    for work, each in found.items():
        yield growth(work, SIZES, each, most=0)


def _calls(site: Site, article: str) -> list[tuple[str, Callable[[], Any], int]]:
    api = Client(SERVER_NAME="127.0.0.1", headers=site.client().headers)
    browser = Client(SERVER_NAME="127.0.0.1")
    browser.force_login(site.people["checker"], backend="django.contrib.auth.backends.ModelBackend")
    new = {"article": article, "start": 0, "end": 5}
    return [
        ("create", lambda: _fine(api.post("/api/v1/annotations/", new, content_type="application/json")), CREATE),
        ("list of 50", lambda: _fine(api.get(f"/api/v1/annotations/?article={article}")), LIST),
        ("annotation page", lambda: _fine(browser.get(f"/articles/{article}/")), PAGE),
    ]


def _counted(call: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as sent:
        call()
    return len(sent)


def _fine(answer: Any) -> None:
    if answer.status_code >= 300:
        raise RuntimeError(f"{answer.request['PATH_INFO']}: {answer.status_code}")
