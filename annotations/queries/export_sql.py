"""The SQL of export_rows.py: annotations and their parts as JSON text, in the shapes of rows.py."""

from collections.abc import Collection
from typing import Final


def _utc(column: str) -> str:
    """A moment as rows.timestamp writes it: UTC, microseconds unless they are zero, Z."""
    return f"""replace(to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '.000000Z', 'Z')"""


def _bounds(start: str, end: str) -> str:
    return f"CASE WHEN {start} IS NOT NULL THEN json_build_object('start', {start}, 'end', {end}) END"


# Placeholders in order: those of {articles}, states twice, since twice.
_AMONG_WANTED: Final = """
FROM annotations_annotation a
WHERE a.article_id IN ({articles})
    AND (%s::text[] IS NULL OR a.state = ANY(%s::text[]))
    AND (%s::timestamptz IS NULL OR a.updated >= %s)
"""
WANTED: Final = f"SELECT a.id::text {_AMONG_WANTED} ORDER BY a.id"
WANTED_BY_REVISION: Final = f"""
SELECT a.revision_id::text, array_agg(a.id::text ORDER BY a.id) {_AMONG_WANTED}
GROUP BY a.revision_id ORDER BY a.revision_id
"""  # noqa: S608

OF_ARTICLE: Final = """
SELECT string_agg(id::text, ',' ORDER BY id) FROM (
    SELECT id FROM annotations_annotation
    WHERE article_id = %(article)s AND (%(states)s::text[] IS NULL OR state = ANY(%(states)s::text[]))
        AND (%(among)s::uuid[] IS NULL OR id = ANY(%(among)s::uuid[]))
    ORDER BY id LIMIT %(most)s
) wanted
"""

PARTS: Final = {
    "terms": """
        SELECT annotation_id, '[' || string_agg(word, ',') || ']' FROM (
            SELECT l.annotation_id, t.word FROM annotations_annotationterm l CROSS JOIN LATERAL (
                SELECT key, to_json(key)::text AS word FROM annotations_term WHERE id = l.term_id OFFSET 0
            ) t WHERE l.annotation_id {among} ORDER BY 1, t.key COLLATE "C"
        ) sorted GROUP BY annotation_id
    """,
    "attributions": f"""
        SELECT p.annotation_id, json_agg(json_build_object('id', p.id, 'source', p.source, 'origin', origin.key,
            'identification', identification.key, 'channel', channel.key, 'distance', distance.key,
            'source_range', {_bounds("p.source_start", "p.source_end")},
            'cue_range', {_bounds("p.cue_start", "p.cue_end")},
            'author', author.username, 'created', {_utc("p.created")}) ORDER BY p.id)::text
        FROM annotations_attribution p JOIN annotations_user author ON author.id = p.author_id
        LEFT JOIN annotations_term origin ON origin.id = p.origin_id
        LEFT JOIN annotations_term identification ON identification.id = p.identification_id
        LEFT JOIN annotations_term channel ON channel.id = p.channel_id
        LEFT JOIN annotations_term distance ON distance.id = p.distance_id
        WHERE p.retired_at IS NULL AND p.annotation_id {{among}} GROUP BY p.annotation_id
    """,  # noqa: S608
    "evidence": f"""
        SELECT p.annotation_id, json_agg(json_build_object('id', p.id, 'url', p.url,
            'file', CASE WHEN file.id IS NOT NULL THEN
                json_build_object('name', file.name, 'size', file.size, 'sha256', file.sha256) END,
            'title', p.title, 'publisher', p.publisher, 'quote', p.quote, 'locator', p.locator, 'stance', p.stance,
            'tier', p.tier, 'independence_group', p.independence_group,
            'unnamed', p.unnamed, 'retrieved_at', {_utc("p.retrieved_at")},
            'author', author.username, 'created', {_utc("p.created")}) ORDER BY p.id)::text
        FROM annotations_evidence p JOIN annotations_user author ON author.id = p.author_id
        LEFT JOIN annotations_storedfile file ON file.id = p.file_id
        WHERE p.retired_at IS NULL AND p.annotation_id {{among}} GROUP BY p.annotation_id
    """,  # noqa: S608
    "verdict": f"""
        SELECT p.annotation_id, json_build_object('term', t.key, 'rationale', p.rationale, 'as_of', p.as_of,
            'author', author.username, 'created', {_utc("p.created")})::text
        FROM annotations_verdict p JOIN annotations_user author ON author.id = p.author_id
        JOIN annotations_term t ON t.id = p.term_id
        WHERE p.retired_at IS NULL AND p.annotation_id {{among}}
    """,  # noqa: S608
    "reviews": f"""
        SELECT r.annotation_id, json_agg(json_build_object('person', person.username, 'decision', r.decision,
            'outcome', r.outcome, 'reason', r.reason, 'version', r.version, 'created', {_utc("r.created")})
            ORDER BY r.id)::text
        FROM annotations_review r JOIN annotations_user person ON person.id = r.person_id
        WHERE r.voided_at IS NULL AND r.annotation_id {{among}} GROUP BY r.annotation_id
    """,  # noqa: S608
}
"""By the name in the row. {among} says which annotations."""

_TABLES: Final = {
    "terms": "annotationterm",
    "attributions": "attribution",
    "evidence": "evidence",
    "verdict": "verdict",
    "reviews": "review",
}
"""By the name in the row: the table that holds such parts."""

EMPTY: Final = {"terms": "[]", "attributions": "[]", "evidence": "[]", "verdict": "null", "reviews": "[]"}
"""What an annotation without such parts has, by the name in the row."""

NEAR: Final = f"""
SELECT (SELECT count(*) = %(count)s FROM (
    SELECT FROM annotations_annotation WHERE id BETWEEN %(first)s AND %(last)s LIMIT %(count)s + 1
) near), ARRAY(SELECT name FROM (VALUES {
    ", ".join(
        f"('{name}', EXISTS (SELECT FROM annotations_{table} WHERE annotation_id BETWEEN %(first)s AND %(last)s))"
        for name, table in _TABLES.items()
    )
}) found (name, present) WHERE present)
"""  # noqa: S608
"""Are the wanted annotations all there are between the first and the last, and which parts do any of these have?"""

_ARTICLE: Final = """
CROSS JOIN LATERAL (
    SELECT concat('{"article":"', article.id, '","desk":', to_json(desk.slug), ',"article_title":',
        to_json(article.title), ',"canonical_url":', to_json(article.canonical_url), ',') AS line
    FROM annotations_article article JOIN annotations_desk desk ON desk.id = article.desk_id
    WHERE article.id = a.article_id OFFSET 0
) article
"""
"""How every exported line of an article begins."""

# Most annotations were never changed: one moment is written for both.
_MOMENT: Final = f"CROSS JOIN LATERAL (SELECT {_utc('a.created')} AS created OFFSET 0) moment"

_PERSON: Final = "SELECT to_json(username)::text AS name FROM annotations_user WHERE id = {} OFFSET 0"

# OFFSET 0 keeps them apart from the rest: PostgreSQL remembers what they gave for an article, a person or a term.

_TEXTS: Final = ("exact", "prefix", "suffix", "claim", "note")
"""Columns that may need escapes."""

_PLAIN: Final = {
    "revision": "a.revision_id",
    "id": "a.id",
    "state": "a.state",
    "created": "moment.created",
    "updated": f"CASE WHEN a.updated = a.created THEN moment.created ELSE {_utc('a.updated')} END",
}
"""By name in the row: texts that are never null and have nothing to escape. Quotes around them cost the least."""

_JSON: Final = {
    "start": "a.start",
    "end": 'a."end"',
    "version": "a.version",
    "author": "author.name",
    "assignee": f"CASE WHEN a.assignee_id IS NULL THEN 'null' ELSE ({_PERSON.format('a.assignee_id')}) END",
    "fragments": """CASE WHEN cardinality(a.fragments) = 0 THEN '[]' ELSE (
        SELECT json_agg(json_build_object('start', a.fragments[i][1], 'end', a.fragments[i][2], 'exact',
            substr(a.exact, a.fragments[i][1] - a.start + 1, a.fragments[i][2] - a.fragments[i][1])) ORDER BY i)
        FROM generate_subscripts(a.fragments, 1) AS i
    )::text END""",
}
"""By name in the row: values that are JSON as they are."""


def _written(parts: Collection[str]) -> str:
    """Arguments of concat: everything but the article and the texts, each with its name. The fewer, the faster.

    The order of names is the same whatever the parts are.
    """
    found = {name: f"coalesce({name}.part, '{EMPTY[name]}')" if name in parts else "" for name in EMPTY}
    pieces = [""]
    for name, value in (_PLAIN | _JSON | found).items():
        quote = '"' if name in _PLAIN else ""
        pieces[-1] += f'"{name}":{quote}'
        if value:
            pieces += [value, f"{quote},"]
        else:
            pieces[-1] += f"{EMPTY[name]},"
    return ", ".join(piece if number % 2 else f"'{piece}'" for number, piece in enumerate(pieces))


def rows(among: str, parts: Collection[str] = tuple(PARTS), *, order: str = "a.id", exported: bool = True) -> str:
    """SELECT of one line a row, which ends with LF. `among` says which annotations.

    `parts` names those to look for; the others are written as empty, which spares a join for every row. An exported row
    has what it says of its article and desk; the others are as `annotation_row` gives them.
    """
    # json_object writes texts without looking up types, which row_to_json does for every column of every row.
    texts = ", ".join(f"'{name}', a.{name}" for name in _TEXTS)
    begin = "article.line" if exported else """'{"article":"', a.article_id, '",'"""
    joins = "\n".join(
        f"LEFT JOIN ({PARTS[name].format(among=among)}) {name} (owner, part) ON {name}.owner = a.id" for name in parts
    )
    return f"""
        SELECT concat({begin}, {_written(parts)}, right(json_object(ARRAY[{texts}])::text, -1), E'\\n')
        FROM annotations_annotation a
        {_ARTICLE if exported else ""}
        {_MOMENT}
        CROSS JOIN LATERAL ({_PERSON.format("a.author_id")}) author
        {joins}
        WHERE a.id {among}
        ORDER BY {order}
    """  # noqa: S608 (nothing but constants of this file, and what export_rows chooses from a few)


LISTED: Final = "= ANY(%(ids)s::uuid[])"
"""Which annotations. Ranges are faster than a list; they will do when no other annotation lies in between."""

PAGE: Final = f"""
SELECT string_agg(line, ',') FROM (
    {rows(LISTED, order="array_position(%(ids)s::uuid[], a.id)", exported=False)}
) lines (line)
"""  # noqa: S608 (nothing but constants of this file)
"""The rows of the listed annotations in their order, in one value: what stands between the brackets of a JSON array."""

ONE: Final = rows("= %(id)s", exported=False)


_RANGES: Final = "unnest(%(firsts)s::uuid[], %(lasts)s::uuid[]) block (first, last)"
_SLICES: Final = """(
    SELECT (%(ids)s::uuid[])[at : at + %(block)s - 1] FROM generate_series(1, %(count)s, %(block)s) at OFFSET 0
) block (ids)"""


def blocks(parts: Collection[str], *, alone: bool) -> str:
    """SELECT of many lines a row: of a block of annotations, which follow each other by their ids.

    `alone` when no other annotation lies in between: then the blocks are from each of `firsts` to the one of `lasts` in
    the same place. Else all `ids` are named, and the number of those in a `block`. One plan for all of them, and a
    message of the protocol for a block costs little more than one for a line.
    """
    among, of = ("BETWEEN block.first AND block.last", _RANGES) if alone else ("= ANY(block.ids)", _SLICES)
    return f"""
        SELECT (SELECT string_agg(line, '') FROM ({rows(among, parts)}) lines (line)) FROM {of}
    """  # noqa: S608
