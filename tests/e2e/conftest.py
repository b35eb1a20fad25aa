"""Fixtures of the browser tests: a person at an article in Chromium, and no error allowed in the console."""

import threading
import time
from collections.abc import Callable, Generator, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from annotations.core.states import AnnotationState
from annotations.models import Annotation, Article, Desk, User
from tests.e2e.reader import PATIENCE, Reader
from tests.e2e.witness import Witness
from tests.factories import annotate, import_text
from tests.people import People
from tests.states import annotation_at

MIXED = (
    "Überschrift: a 👩‍👩‍👧‍👦 family & <b>tags</b>\n\n"
    "Flags 🇺🇦🇰🇷 and 𝒜𝒷𝒸 stand before cafe\u0301, nai\u0308ve and e\u0301\u0323 stacked.\n\n"
    "قالت وزارة الدفاع إن القوات أزالت 1,200 لغم في المنطقة.\n\n"
    "משרד הביטחון מסר כי הכוחות פינו את המוקשים.\n\n"
    "朝鮮は土曜日、𠮷野家の報道を認めた。専門家は慎重だ。\n\n"
    "Prices:\u00a05\u00a0000\u00a0€, \ttabs and  two spaces — “quoted” words end here."
)
WITNESS = pytest.StashKey[Witness]()
expect.set_options(timeout=PATIENCE)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed and (witness := item.stash.get(WITNESS, None)):
        report.sections.append(("Browser", witness.testify()))
    return report


@pytest.fixture
def mixed(desk: Desk, people: People) -> Article:
    return import_text(desk, people.checker, MIXED, title="Mixed scripts")


def logged_in(context: BrowserContext, server: LiveServer, user: User) -> None:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": server.url}])


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What the browser's console says; must be empty at the end unless the test empties it."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def witness(request: pytest.FixtureRequest, complaints: list[str]) -> Iterator[Witness]:
    """Of all contexts of the test. Their end is waited for: the tables are emptied then."""
    found = Witness(Witness.folder_of(request.config.getoption("--output"), request.node.nodeid), complaints)
    request.node.stash[WITNESS] = found
    yield found
    if complaints:
        found.testify()
    found.leave()
    await_answers()


def await_answers() -> None:
    """Until the live server's threads, which end with the browser's connections, write no more."""
    until = time.monotonic() + PATIENCE / 1000
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(max(0, until - time.monotonic()))


@pytest.fixture
def new_context(browser: Browser, witness: Witness) -> Callable[..., BrowserContext]:
    """A browser context; keyword arguments go to it. In place of the one of pytest-playwright."""

    def opened(**options: object) -> BrowserContext:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        witness.watch(context)
        return context

    return opened


@pytest.fixture
def open_page(
    live_server: LiveServer, new_context: Callable[..., BrowserContext], people: People
) -> Callable[..., Page]:
    """Opens a path as a person; keyword arguments go to the browser context."""

    def opened(path: str, user: User | None = None, **options: object) -> Page:
        context = new_context(base_url=live_server.url, **options)
        logged_in(context, live_server, user or people.checker)
        page = context.new_page()
        page.goto(path)
        return page

    return opened


@pytest.fixture
def reader(open_page: Callable[..., Page], article: Article) -> Reader:
    return Reader(open_page(f"/articles/{article.pk}/"))


@pytest.fixture
def mixed_reader(open_page: Callable[..., Page], mixed: Article) -> Reader:
    return Reader(open_page(f"/articles/{mixed.pk}/"))


@pytest.fixture
def two(article: Article, people: People) -> tuple[Annotation, Annotation]:
    """An open annotation and a proposed one."""
    return (
        annotate(article, people.checker, "thousands of troops"),
        annotation_at(AnnotationState.PROPOSED, article, people, '"We lost nine,"'),
    )
