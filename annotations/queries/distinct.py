"""What different values a column has on some desks, found by jumping from one to the next in an index.

DISTINCT would read every row of the desk; this reads one for each value. The index must begin with desk and column.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db import connection

from annotations.core.states import EDITABLE
from annotations.models import Article, Desk, SearchBacklog, User

# Rows are compared as pairs of desk and value, which no index but the one that begins with both can answer.
JUMPS: Final = """
WITH RECURSIVE found (desk_id, value) AS (
    SELECT first.desk_id, first.value FROM ({{desks}}) asked (desk_id) CROSS JOIN LATERAL (
        SELECT desk_id, {column} AS value FROM {table}
        WHERE (desk_id, {column}) >= (asked.desk_id, {least}) AND {condition} ORDER BY desk_id, {column} LIMIT 1
    ) first WHERE first.desk_id = asked.desk_id
    UNION ALL
    SELECT next.desk_id, next.value FROM found CROSS JOIN LATERAL (
        SELECT desk_id, {column} AS value FROM {table}
        WHERE (desk_id, {column}) > (found.desk_id, found.value) AND {condition} ORDER BY desk_id, {column} LIMIT 1
    ) next WHERE next.desk_id = found.desk_id
)
{{wanted}}
"""
LANGUAGES: Final = JUMPS.format(table="annotations_article", column="language", least="''", condition="true")
RULES: Final = "SELECT DISTINCT factcheck_language(value)::text, EXISTS ({waiting}) FROM found ORDER BY 1"
TO_DO: Final = ", ".join(f"'{state}'" for state in sorted(EDITABLE))
AUTHORS: Final = JUMPS.format(
    table="annotations_annotation",
    column="author_id",
    least="'00000000-0000-0000-0000-000000000000'::uuid",
    condition=f"assignee_id IS NULL AND state IN ({TO_DO})",
).format(desks="SELECT unnest(%s::uuid[])", wanted="SELECT desk_id, value FROM found")


def languages(user: User) -> tuple[list[str], bool]:
    """The rules of words by which articles of the user's desks are indexed, and whether some are not indexed yet."""
    desks, of_desks = Desk.objects.visible_to(user).order_by().values("pk").query.sql_with_params()
    visible = Article.objects.visible_to(user).values("pk")
    waiting, of_waiting = SearchBacklog.objects.filter(article__in=visible).values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        statement = LANGUAGES.format(desks=desks, wanted=RULES.format(waiting=waiting))
        cursor.execute(statement, [*of_desks, *of_waiting])
        found = cursor.fetchall()
    return [rules for rules, _ in found], any(is_waiting for _, is_waiting in found)


def authors_of_the_unassigned(desks: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """By desk, who made annotations that are to be worked on and have nobody."""
    found: dict[UUID, list[UUID]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(AUTHORS, [list(desks)])
        for desk, author in cursor.fetchall():
            found[desk].append(author)
    return found
