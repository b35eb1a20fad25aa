"""What comes in with many articles is found seconds later; until then lists look themselves, and the page says so."""

import datetime as dt
import io

import pytest
from django.test import Client

from annotations.core.drafts import AnnotationChanges
from annotations.formats.jsonl_documents import read
from annotations.models import Annotation, Article, Desk, SearchBacklog, SearchEntry
from annotations.queries.matching import annotations_saying, articles_saying
from annotations.queries.search import Asked, search
from annotations.services import search_backlog
from annotations.services.annotations import edit_annotation
from annotations.services.imports import Options, import_file
from tests.people import People

WORDS = ("zebra", "okapi", "giraffe", "gnu", "ibex", "tapir", "lynx")
BEHIND = "not found by their texts yet"


@pytest.fixture
def brought_in(desk: Desk, people: People) -> None:
    """Seven articles in one batch: more than are made findable at once."""
    lines = (
        f'{{"text": "The {word} ran.\\nHome.", "annotations": [{{"start": 4, "end": {4 + len(word)}}}]}}\n'
        for word in WORDS
    )
    content = "".join(lines).encode()
    import_file(desk_id=desk.pk, actor=people.checker, documents=lambda: read(io.BytesIO(content)), options=Options())


def kinds(people: People, words: str) -> list[str]:
    return sorted(hit.entry.kind for hit in search(people.checker, Asked(words)).hits)


def test_lists_know_what_the_search_does_not_yet(brought_in: None, people: People) -> None:
    assert (kinds(people, "zebras"), search(people.checker, Asked("zebras")).is_behind) == ([], True)

    assert [each.exact for each in annotations_saying(Annotation.objects.all(), "zebr")] == ["zebra"]
    assert [each.current.text for each in articles_saying(Article.objects.all(), "ZEBRA")] == ["The zebra ran.\nHome."]


def test_the_search_catches_up(brought_in: None, people: People) -> None:
    assert search_backlog.catch_up() == len(WORDS)

    assert (kinds(people, "zebras"), search(people.checker, Asked("zebras")).is_behind) == (
        ["annotation", "text"],
        False,
    )
    assert (search_backlog.catch_up(), SearchBacklog.objects.count()) == (0, 0)
    assert SearchEntry.objects.count() == len(WORDS) * 4  # title, two paragraphs, annotation


def test_what_is_changed_meanwhile_is_found_by_its_new_words(brought_in: None, people: People) -> None:
    annotation = Annotation.objects.get(exact="okapi")
    changes = AnnotationChanges(note="Ask the zoo.")
    edit_annotation(annotation_id=annotation.pk, actor=people.checker, seen_version=1, changes=changes)

    search_backlog.catch_up()

    assert kinds(people, "zoo") == ["annotation"]


def test_a_running_import_is_waited_for_but_not_for_ever(brought_in: None) -> None:
    first, second = dt.timedelta(seconds=1), dt.timedelta(seconds=4)
    now = SearchBacklog.objects.latest("created").created
    assert (search_backlog.is_time(now + first), search_backlog.is_time(now + second)) == (False, True)

    SearchBacklog.objects.filter(pk=SearchBacklog.objects.earliest("pk").pk).update(
        created=now - search_backlog.LONGEST
    )

    assert search_backlog.is_time(now + first)


def test_the_page_says_that_it_is_behind(brought_in: None, people: People, client: Client) -> None:
    client.force_login(people.checker)
    assert BEHIND in client.get("/search/", {"q": "zebra"}).content.decode()

    search_backlog.catch_up()

    assert BEHIND not in client.get("/search/", {"q": "zebra"}).content.decode()
