"""Fixtures of the browser tests: a person at an article in Chromium, and no error allowed in the console."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect
from pytest_django.live_server_helper import LiveServer

from annotations.models import Article, Desk, User
from tests.e2e.reader import Reader
from tests.factories import import_text
from tests.people import People

MIXED = (
    "Überschrift: a 👩‍👩‍👧‍👦 family & <b>tags</b>\n\n"
    "Flags 🇺🇦🇰🇷 and 𝒜𝒷𝒸 stand before cafe\u0301, nai\u0308ve and e\u0301\u0323 stacked.\n\n"
    "قالت وزارة الدفاع إن القوات أزالت 1,200 لغم في المنطقة.\n\n"
    "משרד הביטחון מסר כי הכוחות פינו את המוקשים.\n\n"
    "朝鮮は土曜日、𠮷野家の報道を認めた。専門家は慎重だ。\n\n"
    "Prices:\u00a05\u00a0000\u00a0€, \ttabs and  two spaces — “quoted” words end here."
)
PATIENCE = 30_000  # milliseconds, on a very busy machine; what is there is seen at once
expect.set_options(timeout=PATIENCE)


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
def open_page(
    live_server: LiveServer, browser: Browser, people: People, complaints: list[str]
) -> Iterator[Callable[..., Page]]:
    """Opens a path as a person; keyword arguments go to the browser context."""
    contexts: list[BrowserContext] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    def opened(path: str, user: User | None = None, **options: object) -> Page:
        context = browser.new_context(base_url=live_server.url, **options)  # type: ignore[arg-type]
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        logged_in(context, live_server, user or people.checker)
        page = context.new_page()
        page.on("console", hear)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def reader(open_page: Callable[..., Page], article: Article) -> Reader:
    return Reader(open_page(f"/articles/{article.pk}/"))


@pytest.fixture
def mixed_reader(open_page: Callable[..., Page], mixed: Article) -> Reader:
    return Reader(open_page(f"/articles/{mixed.pk}/"))
