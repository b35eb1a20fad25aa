"""Finding what a person may see: articles and their texts, annotations, evidence, comments. Newest entries first."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL

from annotations.core.finding import Excerpt, candidates, excerpt, fragment_of, terms_of
from annotations.core.states import AnnotationState
from annotations.models import SearchEntry, User
from annotations.models.search import FoundKind, SearchEntryQuerySet
from annotations.queries.distinct import languages
from annotations.queries.matching import on_desk

A_PAGE: Final = 20
TEXTS: Final = (FoundKind.TEXT, FoundKind.OLDER_TEXT)
SPREAD: Final = range(2, 7)
"""How many words may be spread over the quote, claim, note and evidence of one annotation."""
NOT_ON_PAGE: Final = (AnnotationState.WITHDRAWN, AnnotationState.SUGGESTED)

# Which of these words are forms of the terms, by the rules of any of these languages.
SAME: Final = """
WITH asked AS (
    SELECT string_agg(nullif(plainto_tsquery(language::regconfig, term)::text, ''), ' | ')::tsquery AS terms
    FROM unnest(%s::text[]) language, unnest(%s::text[]) term
)
SELECT DISTINCT word FROM unnest(%s::text[]) word, unnest(%s::text[]) language, asked
WHERE to_tsvector(language::regconfig, word) @@ asked.terms
"""


# Entries of annotations whose quote has the fragment: of those alone that stand where a text says it. Places are
# code points of whatever revision; where they only seem to meet, the quote has the last word.
QUOTING: Final = """
WITH said AS MATERIALIZED (
    SELECT article_id, start AS first, start + char_length(text) AS last FROM annotations_searchentry
    WHERE kind = ANY(%s) AND upper(coalesce(fragments, text)) LIKE upper(%s)
)
SELECT entry.id FROM said
JOIN annotations_annotation a ON a.article_id = said.article_id AND a.start < said.last AND a."end" > said.first
JOIN annotations_searchentry entry ON entry.article_id = a.article_id AND entry.object_id = a.id
WHERE upper(a.exact) LIKE upper(%s)
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for, and where. `before` is the number of an entry, for the page that follows it."""

    words: str
    desk: str = ""
    kind: str = ""
    state: str = ""
    article: UUID | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry with the part of its text that says it. `place`: code points into the current text of the article."""

    entry: SearchEntry
    excerpt: Excerpt

    @property
    def place(self) -> tuple[int, int] | None:
        if self.entry.start is None:
            return None
        start, end = self.excerpt.place or (0, len(self.entry.text))
        return self.entry.start + start, self.entry.start + end

    @property
    def is_on_page(self) -> bool:
        """Whether the article's page shows the annotation: it stands in the current text and counts."""
        annotation = self.entry.annotation
        if annotation is None or annotation.state in NOT_ON_PAGE:
            return False
        return annotation.revision_id == self.entry.article.revision_id


@dataclass(frozen=True, slots=True)
class Found:
    """At most A_PAGE hits; `next` is the `before` of the page that follows, None on the last one.

    `is_behind`: some article that the person may see came in a moment ago and is not found by its text yet.
    """

    hits: list[Hit]
    next: int | None
    is_behind: bool = False


def search(user: User, asked: Asked) -> Found:
    """Three queries, however much is found; none when nothing is asked that could be found."""
    terms = terms_of(asked.words)
    if not terms:
        return Found([], None)
    used, is_behind = languages(user)
    rows = list(_shown(_matching(user, asked, used)[: A_PAGE + 1]))
    shown = rows[:A_PAGE]
    same = _same(used, terms, candidates((row.text for row in shown), terms))
    hits = [Hit(row, excerpt(row.text, asked.words, same)) for row in shown]
    return Found(hits, shown[-1].pk if len(rows) > A_PAGE else None, is_behind)


def _matching(user: User, asked: Asked, languages: Sequence[str]) -> SearchEntryQuerySet:
    rows = SearchEntry.objects.visible_to(user).with_fragments().exclude(kind=FoundKind.OLDER_TEXT)
    rows = _narrowed(rows, asked).filter(pk__in=_saying(asked.words, languages))
    if asked.before is not None:
        rows = rows.filter(pk__lt=asked.before)
    return rows.order_by(NEWEST)


def _shown(found: QuerySet[SearchEntry, Any]) -> SearchEntryQuerySet:
    """The entries with what a page says of them, which is read of these alone."""
    shown = ("title", "language", "state", "revision_id", "desk__name", "desk__language")
    rows = SearchEntry.objects.filter(pk__in=found.values("pk")).select_related("article__desk", "annotation")
    return rows.only("kind", "start", "text", *(f"article__{name}" for name in shown), *_OF_ANNOTATION).order_by(NEWEST)


NEWEST: Final = (F("pk") + 0).desc()
"""Never by walking the key: rare words would make it walk through everything."""

_OF_ANNOTATION: Final = ("annotation__state", "annotation__revision_id")


def _saying(words: str, languages: Sequence[str]) -> QuerySet[SearchEntry, Any]:
    """Ids of entries. A union, because PostgreSQL looks through everything when such conditions are joined by "or"."""
    entries = SearchEntry.objects.with_fragments()
    found = [entries.filter(_says(words, languages))]
    if fragment := fragment_of(words):
        annotations = entries.filter(kind=FoundKind.ANNOTATION)
        pattern = f"%{connection.ops.prep_for_like_query(fragment)}%"
        found.append(annotations.filter(pk__in=RawSQL(QUOTING, [list(TEXTS), pattern, pattern])))  # noqa: S611
        if len(terms := terms_of(words)) in SPREAD:
            found.append(reduce(lambda rows, term: _with_term(rows, term, languages), terms, annotations))
    first, *others = (rows.order_by().values("pk") for rows in found)
    return first.union(*others) if others else first


def _with_term(annotations: SearchEntryQuerySet, term: str, languages: Sequence[str]) -> SearchEntryQuerySet:
    """Those whose quote, claim, note or evidence says it."""
    entries = SearchEntry.objects.filter(kind__in=(FoundKind.ANNOTATION, FoundKind.EVIDENCE))
    return annotations.filter(annotation__in=entries.filter(_in_forms(term, languages)).values("annotation"))


def _in_forms(words: str, languages: Sequence[str]) -> Q:
    forms = (Q(words=SearchQuery(words, config=rules, search_type="websearch")) for rules in languages)
    return reduce(or_, forms, Q(pk__in=()))


def _says(words: str, languages: Sequence[str]) -> Q:
    """The words in any of their forms, in any language that is used; as beginnings of words; inside words."""
    condition = _in_forms(words, languages)
    if not (fragment := fragment_of(words)):
        return condition
    beginnings = SearchQuery(" & ".join(f"{term}:*" for term in terms_of(words)), config="simple", search_type="raw")
    return condition | Q(words=beginnings) | Q(searched__icontains=fragment)


def _narrowed(rows: SearchEntryQuerySet, asked: Asked) -> SearchEntryQuerySet:
    if asked.article:
        rows = rows.filter(article=asked.article)
    if asked.desk:
        rows = on_desk(rows, asked.desk)  # type: ignore[assignment]  # the same queryset's
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.state:
        path = "annotation__state" if asked.state in set(AnnotationState) else "article__state"
        rows = rows.filter(**{path: asked.state})
    return rows


def _same(languages: Sequence[str], terms: Sequence[str], words: Sequence[str]) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(SAME, [list(languages), list(terms), list(words), list(languages)])
        return {word for (word,) in cursor.fetchall()}
