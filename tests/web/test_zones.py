"""Moments are shown in the zone that the browser named, with UTC as the tooltip; no zone changes nothing."""

import datetime as dt
import re

import pytest
from django.test import Client

from annotations.models import Annotation, Article
from annotations.templatetags.words import READER_ZONE, moment
from tests.factories import annotate
from tests.people import People

NOON = dt.datetime(2026, 1, 31, 23, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Europe/Kyiv", 'title="31 Jan 2026, 23:30 UTC">1 Feb 2026, 01:30<'),
        ("America/New_York", 'title="31 Jan 2026, 23:30 UTC">31 Jan 2026, 18:30<'),
        ("", ">31 Jan 2026, 23:30 UTC<"),
        ("../../etc/passwd", ">31 Jan 2026, 23:30 UTC<"),
        ("Nowhere/At-All", ">31 Jan 2026, 23:30 UTC<"),
        ("a" * 5000, ">31 Jan 2026, 23:30 UTC<"),
        ("/\x00", ">31 Jan 2026, 23:30 UTC<"),
    ],
)
def test_pages_speak_in_the_zone_of_the_reader(
    zone: str, shown: str, article: Article, people: People, client: Client
) -> None:
    made = annotate(article, people.checker, "thousands of troops")
    Annotation.objects.filter(pk=made.pk).update(created=NOON)
    client.force_login(people.checker, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["zone"] = zone

    page = client.get(f"/annotations/{made.pk}/card/").content.decode()

    assert shown in page
    assert READER_ZONE.get() is None


def test_the_same_day_is_called_today() -> None:
    now = dt.datetime.now(dt.UTC)
    token = READER_ZONE.set(dt.timezone(dt.timedelta(hours=12 - now.hour)))  # where it is noon, and no day ends now
    try:
        assert re.search(r">today, 12:\d\d<", moment(now))
    finally:
        READER_ZONE.reset(token)
