"""Rows that left as JSON Lines or CSV come in again where the articles are: nothing of them is lost."""

import json
from typing import Any

import pytest

from annotations.models import Annotation, Article, Desk
from tests.api.client import Api
from tests.api.test_interchange import content, exported, full
from tests.factories import import_text
from tests.people import People

__all__ = ["full"]
pytestmark = pytest.mark.django_db(transaction=True)

FORMATS = ["csv", "jsonl"]


def sent(api: Api, name: str, file: bytes, desk: str) -> Any:
    return api.send("POST", f"import/{name}/?desk={desk}", raw=file, media_type="application/octet-stream")


@pytest.mark.parametrize("name", FORMATS)
def test_rows_find_the_same_text_on_another_desk(
    name: str, checker: Api, full: Article, desk: Desk, other_desk: Desk, people: People
) -> None:
    told = {each: getattr(full, each) for each in ("title", "byline", "outlet", "language", "canonical_url")}
    import_text(other_desk, people.stranger, full.current.text, published_at=full.published_at, **told)
    file, stranger = exported(checker, name), Api(people.stranger)

    reports = [json.loads(sent(stranger, name, file, "other").content) for _ in range(2)]

    assert [(each["created"], each["existing"], each["refused"]) for each in reports] == [(5, 0, []), (0, 5, [])]
    ours, theirs = content(desk), content(other_desk)
    assert [{**each, "links": []} for each in theirs] == [{**each, "links": []} for each in ours]


@pytest.mark.parametrize("name", FORMATS)
def test_rows_of_an_article_that_is_here_are_known(name: str, checker: Api, full: Article, desk: Desk) -> None:
    report = json.loads(sent(checker, name, exported(checker, name), "demo").content)

    assert (report["created"], report["existing"], Annotation.objects.count()) == (0, 5, 5)


@pytest.mark.parametrize("name", FORMATS)
def test_rows_without_their_article_or_their_end_are_refused(
    name: str, checker: Api, full: Article, other_desk: Desk, people: People
) -> None:
    file = exported(checker, name)
    cut = file[: file.rstrip().rindex(b"\n") + 1]

    answers = [sent(Api(people.stranger), name, each, "other") for each in (file, cut)]

    assert [(each.status_code, each.json()["code"]) for each in answers] == [(400, "bad_document"), (400, "truncated")]
    assert not Annotation.objects.filter(desk=other_desk).exists()
