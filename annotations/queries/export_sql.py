"""The SQL of export_rows.py: annotations and their parts as JSON text, in the shapes of rows.py."""

from typing import Final


def _utc(column: str) -> str:
    """A moment as rows.timestamp writes it: UTC, microseconds unless they are zero, Z."""
    return f"""replace(to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '.000000Z', 'Z')"""


def _bounds(start: str, end: str) -> str:
    return f"CASE WHEN {start} IS NOT NULL THEN json_build_object('start', {start}, 'end', {end}) END"


# Placeholders in order: those of {articles}, states twice, since twice.
BASE: Final = f"""
SELECT id::text, row_to_json(own)::text FROM (
    SELECT a.id, a.article_id AS article, a.revision_id AS revision, a.start, a."end", a.exact, a.prefix, a.suffix,
        CASE WHEN a.fragments = '{{{{}}}}' THEN '[]' ELSE (
            SELECT json_agg(json_build_object('start', a.fragments[i][1], 'end', a.fragments[i][2], 'exact',
                substr(a.exact, a.fragments[i][1] - a.start + 1, a.fragments[i][2] - a.fragments[i][1])) ORDER BY i)
            FROM generate_subscripts(a.fragments, 1) AS i
        ) END AS fragments,
        a.claim, a.note, a.state, a.version, author.username AS author, assignee.username AS assignee,
        {_utc("a.created")} AS created, {_utc("a.updated")} AS updated,
        article.title AS article_title, article.canonical_url, desk.slug AS desk
    FROM annotations_annotation a
    JOIN annotations_article article ON article.id = a.article_id
    JOIN annotations_desk desk ON desk.id = article.desk_id
    JOIN annotations_user author ON author.id = a.author_id
    LEFT JOIN annotations_user assignee ON assignee.id = a.assignee_id
    WHERE a.article_id IN ({{articles}})
        AND (%s::text[] IS NULL OR a.state = ANY(%s::text[]))
        AND (%s::timestamptz IS NULL OR a.updated >= %s)
) own ORDER BY own.id
"""  # noqa: S608 (nothing but constants of this file)

DENSITY: Final = """
SELECT count(*) FROM (
    SELECT FROM annotations_annotation WHERE id BETWEEN %(first)s AND %(last)s LIMIT %(most)s
) near
"""

PARTS: Final = {
    "terms": """
        SELECT l.annotation_id::text, json_agg(t.key ORDER BY t.key COLLATE "C")::text
        FROM annotations_annotationterm l JOIN annotations_term t ON t.id = l.term_id
        WHERE l.annotation_id {among} GROUP BY l.annotation_id
    """,
    "attributions": f"""
        SELECT p.annotation_id::text, json_agg(json_build_object('id', p.id, 'source', p.source, 'origin', origin.key,
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
        SELECT p.annotation_id::text, json_agg(json_build_object('id', p.id, 'url', p.url,
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
        SELECT p.annotation_id::text, json_build_object('term', t.key, 'rationale', p.rationale, 'as_of', p.as_of,
            'author', author.username, 'created', {_utc("p.created")})::text
        FROM annotations_verdict p JOIN annotations_user author ON author.id = p.author_id
        JOIN annotations_term t ON t.id = p.term_id
        WHERE p.retired_at IS NULL AND p.annotation_id {{among}}
    """,  # noqa: S608
    "reviews": f"""
        SELECT r.annotation_id::text, json_agg(json_build_object('person', person.username, 'decision', r.decision,
            'outcome', r.outcome, 'reason', r.reason, 'version', r.version, 'created', {_utc("r.created")})
            ORDER BY r.id)::text
        FROM annotations_review r JOIN annotations_user person ON person.id = r.person_id
        WHERE r.voided_at IS NULL AND r.annotation_id {{among}} GROUP BY r.annotation_id
    """,  # noqa: S608
}
"""By the name in the row. {among} says which annotations."""
