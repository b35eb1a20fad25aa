"""What comes in bulk waits for its search entries: many articles in a statement, or many rows of a few."""

import pytest
from django.db import connection

from annotations.models import Annotation, Article, SearchBacklog, SearchEntry
from tests.factories import annotate
from tests.people import People

COLUMNS = (
    'desk_id, article_id, revision_id, start, "end", exact, prefix, suffix, fragments, claim, note, state, version, '
    "author_id, created, updated"
)
COPIES = (
    f"INSERT INTO annotations_annotation (id, {COLUMNS}) SELECT gen_random_uuid(), {COLUMNS} "  # noqa: S608
    "FROM annotations_annotation, generate_series(1, %s)"
)


@pytest.mark.django_db
@pytest.mark.parametrize(("count", "waits"), [(300, False), (301, True)])
def test_many_rows_of_one_article_wait(count: int, waits: bool, article: Article, people: People) -> None:
    first = annotate(article, people.checker, "thousands of troops")

    with connection.cursor() as cursor:
        cursor.execute(COPIES, [count])

    assert Annotation.objects.filter(article=article).count() == count + 1
    assert SearchEntry.objects.filter(annotation__isnull=False).count() == (1 if waits else count + 1)
    assert SearchBacklog.objects.filter(article=first.article).exists() is waits
