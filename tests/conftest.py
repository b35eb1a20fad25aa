"""Fixtures for the whole suite: the browser, and a database that append-only triggers let the runner empty."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connections
from django.utils import translation
from playwright.sync_api import Playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.database import allow_silent_triggers, drop_leftover_databases, emptied_tables

pytest_plugins = ["tests.people"]

# Playwright's synchronous interface runs an event loop in the test's thread, which Django takes for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
CHROMIUM = Path("/usr/bin/chromium")
# Parts of a browser window that cost every page a renderer: suggestions below the address bar, and one in reserve.
NOT_NEEDED = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "SpareRendererForSitePerProcess")
# Chromium heeds only the last of these lists: the rest is what Playwright itself switches off.
PLAYWRIGHT_DISABLES = (
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "DialMediaRouteProvider",
    "GlobalMediaControls", "HttpsUpgrades", "LensOverlay", "MediaRouter", "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "BlockOriginHeaderModificationOnRedirect", "AvoidCorsURLLoaderRestartOnRedirect", "Translate", "AutoDeElevate",
    "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled",
)  # fmt: skip
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(NOT_NEEDED + PLAYWRIGHT_DISABLES)}",
]


def pytest_make_parametrize_id(val: object) -> str | None:
    """Two workers must give a test the same name, also when one of its values is a random id."""
    if isinstance(val, str) and UUID.search(val):
        return UUID.sub("uuid", val)
    return None


WITH_OTHER_PROGRAMS = [Path(__file__).parent / folder for folder in ("operations", "e2e")]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that drive browsers and processes get a second try; both are reported (docs/decisions/0083).

    They come first: what is left at the end, when the workers take it from each other, is short. A worker that waits
    for a process or a browser leaves its processor to the other one.
    """
    items.sort(key=lambda item: [not item.path.is_relative_to(folder) for folder in WITH_OTHER_PROGRAMS])
    for item in items:
        if any(item.path.is_relative_to(folder) for folder in WITH_OTHER_PROGRAMS):
            item.add_marker(pytest.mark.flaky(reruns=1))


# Every run makes the same examples, however slow the machine is; --hypothesis-profile=default looks for new ones.
hypothesis.settings.register_profile(
    "steady", derandomize=True, database=None, deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("steady")


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """A request leaves its language behind in the thread; the next test begins in the site's own."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def playwright(django_db_setup: None, playwright: Playwright) -> Iterator[Playwright]:
    """While it runs its event loop in the main thread, Django has connections of their own there: they end with it."""
    yield playwright
    connections.close_all()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    if not CHROMIUM.exists():
        return browser_type_launch_args
    return {**browser_type_launch_args, "executable_path": str(CHROMIUM), "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def live_server(django_db_setup: None, live_server: LiveServer) -> LiveServer:
    """Stops before its database is removed, whichever of the two a worker needs first."""
    return live_server


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Runs once a worker, just before its test database is made."""
    with django_db_blocker.unblock():
        if "folder" in settings.DATABASES["default"]["OPTIONS"]:
            drop_leftover_databases()
            allow_silent_triggers()
    with emptied_tables():
        yield
