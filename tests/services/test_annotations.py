"""Creating annotations: what is kept, which places and parts are refused, and who may."""

import datetime as dt
from uuid import uuid4

import pytest

from annotations.core.drafts import (
    AnnotationChanges,
    AnnotationDraft,
    AttributionDraft,
    EvidenceDraft,
    PlaceDraft,
    VerdictDraft,
)
from annotations.core.errors import DomainError
from annotations.core.states import ArticleState
from annotations.models import Annotation, Article, Desk, Event, Term
from annotations.queries.rows import annotation_row, with_parts
from annotations.services.annotations import create_annotation, edit_annotation
from annotations.services.undo import undo_annotation
from tests.factories import annotate
from tests.people import TEXT, People
from tests.states import article_at, move

START = TEXT.index("thousands of troops")
END = START + len("thousands of troops")


def draft(**values: object) -> AnnotationDraft:
    return AnnotationDraft(place=PlaceDraft(start=START, end=END), **values)  # type: ignore[arg-type]


def test_annotation_keeps_everything_it_was_given(article: Article, people: People) -> None:
    whole = AnnotationDraft(
        place=PlaceDraft(start=START, end=END, exact="thousands of troops"),
        claim="  The number of soldiers sent is in the thousands.\r\nNo trimming. ",
        note="\tCheck the agencies. ",
        terms=["quantity", "intelligence-sourced"],
        attributions=[
            AttributionDraft(
                "Western intelligence agencies", "intelligence-sourced", "named-group", source_range=(10, 20)
            )
        ],
        evidence=[
            EvidenceDraft(url="https://www.example.org/report", title="Report", stance="supports", tier="primary")
        ],
        verdict=VerdictDraft("unproven", "No figures were given.", dt.date(2025, 12, 14)),
        assignee="checker2",
    )

    made, created = create_annotation(article_id=article.pk, actor=people.checker, draft=whole)

    row = annotation_row(with_parts(Annotation.objects.all()).get())
    assert created
    assert row == annotation_row(made) | {"created": row["created"], "updated": row["updated"]}
    assert (row["start"], row["end"], row["exact"]) == (START, END, "thousands of troops")
    assert row["prefix"] + row["exact"] + row["suffix"] in TEXT
    assert row["claim"] == "  The number of soldiers sent is in the thousands.\nNo trimming. "
    assert row["note"] == "\tCheck the agencies. "
    assert row["terms"] == ["intelligence-sourced", "quantity"]
    assert row["attributions"][0]["identification"] == "named-group"
    assert row["attributions"][0]["source_range"] == {"start": 10, "end": 20}
    assert row["attributions"][0]["cue_range"] is None
    assert row["evidence"][0]["stance"] == "supports"
    assert row["verdict"]["term"] == "unproven"
    assert row["verdict"]["as_of"] == "2025-12-14"
    assert (row["author"], row["assignee"], row["state"], row["version"]) == ("checker", "checker2", "open", 1)


def test_split_quotation_keeps_its_parts(article: Article, people: People) -> None:
    parts = ['"We lost nine,"', '"in a hundred and twenty days."']
    fragments = [(TEXT.index(part), TEXT.index(part) + len(part)) for part in parts]
    place = PlaceDraft(fragments=fragments)

    made, _ = create_annotation(article_id=article.pk, actor=people.checker, draft=AnnotationDraft(place=place))

    row = annotation_row(made)
    assert [part["exact"] for part in row["fragments"]] == parts
    assert row["exact"] == TEXT[fragments[0][0] : fragments[1][1]]


def test_quote_alone_is_located_when_it_is_unique(article: Article, people: People) -> None:
    place = PlaceDraft(exact="thousands of troops")

    made, _ = create_annotation(article_id=article.pk, actor=people.checker, draft=AnnotationDraft(place=place))

    assert (made.start, made.end) == (START, END)


def test_ambiguous_quote_lists_its_candidates(article: Article, people: People) -> None:
    place = PlaceDraft(exact="agencies")

    with pytest.raises(DomainError) as refused:
        create_annotation(article_id=article.pk, actor=people.checker, draft=AnnotationDraft(place=place))

    assert refused.value.code == "quote_ambiguous"
    assert [each["start"] for each in refused.value.extra["candidates"]] == [
        TEXT.index("agencies"),
        TEXT.rindex("agencies"),
    ]


@pytest.mark.parametrize(
    ("place", "code"),
    [
        (PlaceDraft(start=END, end=START), "range_reversed"),
        (PlaceDraft(start=START, end=START), "range_empty"),
        (PlaceDraft(start=START, end=len(TEXT) + 1), "range_outside_text"),
        (PlaceDraft(start=-1, end=END), "range_outside_text"),
        (PlaceDraft(start=START, end=END, exact="Thousands of troops"), "quote_mismatch"),
        (PlaceDraft(start=START), "range_incomplete"),
        (PlaceDraft(), "range_missing"),
        (PlaceDraft(exact="no such words"), "quote_not_found"),
    ],
)
def test_wrong_place_writes_nothing(article: Article, people: People, place: PlaceDraft, code: str) -> None:
    events = Event.objects.count()

    with pytest.raises(DomainError) as refused:
        create_annotation(article_id=article.pk, actor=people.checker, draft=AnnotationDraft(place=place))

    assert refused.value.code == code
    assert (Annotation.objects.count(), Event.objects.count()) == (0, events)


@pytest.mark.parametrize(
    ("values", "code", "pointer"),
    [
        ({"terms": ["no-such-term"]}, "unknown_term", "/terms/0"),
        ({"terms": ["false"]}, "wrong_vocabulary", "/terms/0"),
        ({"verdict": VerdictDraft("quantity")}, "wrong_vocabulary", "/verdict/term"),
        ({"attributions": [AttributionDraft("A", channel="quantity")]}, "wrong_vocabulary", "/attributions/0/channel"),
        ({"attributions": [AttributionDraft("  ")]}, "missing", "/attributions/0/source"),
        ({"evidence": [EvidenceDraft()]}, "missing", "/evidence/0/url"),
        ({"evidence": [EvidenceDraft(url="javascript:alert(1)")]}, "invalid", "/evidence/0/url"),
        ({"evidence": [EvidenceDraft(url="https://www.example.org", stance="maybe")]}, "invalid", "/evidence/0/stance"),
        ({"assignee": "stranger"}, "unknown_member", "/assignee"),
        ({"claim": "a\x00b"}, "nul", None),
        ({"note": "a\ud83e"}, "lone_surrogate", None),
    ],
)
def test_wrong_part_writes_nothing(
    article: Article, people: People, values: dict[str, object], code: str, pointer: str | None
) -> None:
    with pytest.raises(DomainError) as refused:
        create_annotation(article_id=article.pk, actor=people.checker, draft=draft(**values))

    assert refused.value.code == code
    assert [error.pointer for error in refused.value.errors] == ([pointer] if pointer else [])
    assert Annotation.objects.count() == 0


def test_retired_term_is_no_longer_chosen_but_stays_where_it_is(article: Article, people: People, desk: Desk) -> None:
    made = annotate(article, people.checker, "nine", terms=["quantity"])
    Term.objects.filter(desk=desk, key="quantity").update(retired_at=made.created)

    with pytest.raises(DomainError, match="retired"):
        create_annotation(article_id=article.pk, actor=people.checker, draft=draft(terms=["quantity"]))
    kept = edit_annotation(
        annotation_id=made.pk,
        actor=people.checker,
        seen_version=1,
        changes=AnnotationChanges(terms=["quantity", "event"]),
    )

    assert annotation_row(kept)["terms"] == ["event", "quantity"]


def test_the_same_id_makes_the_same_row(article: Article, people: People) -> None:
    key = uuid4()

    first, created = create_annotation(article_id=article.pk, actor=people.checker, draft=draft(id=key))
    second, again = create_annotation(article_id=article.pk, actor=people.checker, draft=draft(id=key))

    assert (created, again, first.pk, second.pk) == (True, False, key, key)
    assert Annotation.objects.count() == 1


def test_an_id_of_somebody_else_is_taken(article: Article, people: People) -> None:
    made = annotate(article, people.checker, "nine")

    with pytest.raises(DomainError) as refused:
        create_annotation(article_id=article.pk, actor=people.checker2, draft=draft(id=made.pk))

    assert refused.value.code == "id_taken"


def test_first_annotation_starts_the_checking(article: Article, people: People) -> None:
    annotate(article, people.checker, "nine")

    article.refresh_from_db()
    assert article.state == ArticleState.CHECKING
    assert list(Event.objects.filter(article=article).order_by("id").values_list("action", flat=True)) == [
        "import",
        "start",
        "create",
    ]


@pytest.mark.parametrize(
    ("name", "code"), [("reader", "not_found"), ("admin", "not_allowed"), ("stranger", "not_found")]
)
def test_others_cannot_annotate(article: Article, people: People, name: str, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        create_annotation(article_id=article.pk, actor=getattr(people, name), draft=draft())

    assert refused.value.code == code


def test_cleared_article_is_locked(article: Article, people: People) -> None:
    made = annotate(article, people.checker, "thousands of troops")
    move(made, people.checker, "withdraw", reason="Twice.")
    article_at(ArticleState.CLEARED, article, people)

    for attempt in (
        lambda: create_annotation(article_id=article.pk, actor=people.checker, draft=draft()),
        lambda: undo_annotation(annotation_id=made.pk, actor=people.checker, seen_version=None),
    ):
        with pytest.raises(DomainError, match="locked") as refused:
            attempt()
        assert refused.value.code == "wrong_state"
