"""Making an annotation beside a selection, through htmx."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from uuid_utils.compat import uuid7

from annotations.models import Annotation, Article, Desk, Term, User
from annotations.queries.rows import annotation_row, with_parts
from tests.factories import annotate, import_text
from tests.people import TEXT, People
from tests.web.conftest import HTMX

START = TEXT.index("thousands of troops")
END = START + len("thousands of troops")
STANCES = {"evidence_stance": "context", "evidence_tier": "secondary"}


def selection(**values: Any) -> dict[str, Any]:
    return {"start": START, "end": END, "exact": "thousands of troops", **STANCES, **values}


def post(client: Client, article: Article, data: dict[str, Any]) -> Any:
    return client.post(reverse("annotations:annotate", args=(article.pk,)), data, headers=HTMX)


def regions(response: Any) -> dict[str, str]:
    """What a reply brings, by the target it goes to."""
    found = re.findall(r'<hx-partial hx-target="([^"]+)"[^>]*>(.*?)</hx-partial>', response.content.decode(), re.DOTALL)
    return dict(found)


def test_saved_annotation_keeps_everything_that_was_typed(article: Article, people: People, checker: Client) -> None:
    data = selection(
        claim="  Two\r\nlines ",
        origin="intelligence-sourced",
        labels_claim_type=["quantity", "event"],
        labels_risk_flag=["single-source"],
        source="Western agencies",
        identification="unnamed-group",
        channel="background-briefing",
        distance="second-hand",
        verdict="unproven",
        rationale=" No figures. ",
        as_of="2025-12-14",
        note="\tnote",
        assignee="checker2",
        evidence_url="https://www.example.org/report",
        evidence_title="Report",
        evidence_stance="supports",
        evidence_tier="primary",
    )

    response = post(checker, article, data)

    row = annotation_row(with_parts(Annotation.objects.all()).get())
    assert response.status_code == 201
    assert (row["start"], row["end"], row["exact"]) == (START, END, "thousands of troops")
    assert row["claim"] == "  Two\nlines "
    assert row["note"] == "\tnote"
    assert row["terms"] == ["event", "intelligence-sourced", "quantity", "single-source"]
    assert [(each["source"], each["origin"], each["distance"]) for each in row["attributions"]] == [
        ("Western agencies", "intelligence-sourced", "second-hand")
    ]
    assert (row["verdict"]["term"], row["verdict"]["rationale"]) == ("unproven", " No figures. ")
    assert row["verdict"]["as_of"] == "2025-12-14"
    assert [(each["url"], each["stance"], each["tier"]) for each in row["evidence"]] == [
        ("https://www.example.org/report", "supports", "primary")
    ]
    assert (row["author"], row["assignee"]) == ("checker", "checker2")


def test_reply_brings_the_touched_block_the_card_the_count_and_a_toast(article: Article, checker: Client) -> None:
    page = checker.get(f"/articles/{article.pk}/").content.decode()

    response = post(checker, article, selection(claim="Sent.", **hidden_in(page)))

    made = Annotation.objects.get()
    found = regions(response)
    assert set(found) == {
        "#b1",
        f"#card-{made.pk}",
        "#cards",
        "#absent-kn",
        "#no-cards",
        "#annotation-count",
        "#messages",
    }
    assert f'data-a="{made.pk}"' in found["#b1"]
    assert f'id="card-{made.pk}"' in found["#cards"]
    assert found["#annotation-count"] == "1"
    assert "Undo" in found["#messages"]
    assert response.headers["HX-Trigger"] == f'{{"annotation-created": {{"id": "{made.pk}"}}}}'


def test_selection_across_blocks_is_sliced_by_the_server(article: Article, checker: Client) -> None:
    start, end = TEXT.index("leader says"), TEXT.index("thousands")

    response = post(checker, article, {"start": start, "end": end, **STANCES})

    assert Annotation.objects.get().exact == TEXT[start:end]
    assert {"#b0", "#b1"} <= set(regions(response))


def test_quote_with_other_line_ends_is_the_same_quote(desk: Desk, people: People, checker: Client) -> None:
    article = import_text(desk, people.checker, "Title\n\nOne line\nand another\n\nEnd.", title="Lines")
    assert article.revision is not None
    start = article.revision.text.index("line")

    post(checker, article, {"start": start, "end": start + 8, "exact": "line\r\nand", **STANCES})

    assert Annotation.objects.get().exact == "line\nand"


def test_second_click_makes_no_second_annotation(article: Article, checker: Client) -> None:
    data = selection(id=str(uuid7()))

    first, second = post(checker, article, data), post(checker, article, data)

    assert (first.status_code, second.status_code) == (201, 201)
    assert Annotation.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"exact": "hundreds of troops"}, "is not what stands at"),
        ({"end": 100_000, "exact": ""}, "ends after the text"),
        ({"rationale": "Because"}, "Choose the verdict that this rationale explains."),
        ({"channel": "speech"}, "Name the source, or describe it"),
        ({"evidence_title": "A report"}, "Evidence needs an address or a file."),
        ({"evidence_url": "ftp//nowhere"}, "Enter a valid URL."),
        ({"origin": "no-such-term"}, "Select a valid choice."),
        ({"claim": "nul \0"}, "Null characters are not allowed."),
        ({"assignee": "stranger"}, "Select a valid choice."),
    ],
)
def test_wrong_input_comes_back_with_a_sentence_and_what_was_typed(
    wrong: dict[str, Any], sentence: str, article: Article, checker: Client
) -> None:
    response = post(checker, article, selection(note="My long note") | wrong)

    found = regions(response)
    assert response.status_code == 422
    assert set(found) == {"#composer-fields"}
    assert sentence in found["#composer-fields"]
    assert "My long note" in found["#composer-fields"]
    assert Annotation.objects.count() == 0


def hidden_in(html: str) -> dict[str, str]:
    """What the composer sends of its empty fields unseen, but for the place."""
    return dict(re.findall(r'<input type="hidden" name="(choices)" value="(\w+)"', html))


def test_fields_that_came_back_with_sentences_are_made_anew_after_saving(article: Article, checker: Client) -> None:
    asked = regions(post(checker, article, selection(evidence_url="ftp//nowhere")))["#composer-fields"]

    fields = regions(post(checker, article, selection(**hidden_in(asked))))["#composer-fields"]

    assert "nowhere" not in fields
    again = regions(post(checker, article, selection(**hidden_in(fields))))
    assert "#composer-fields" not in again


def test_fields_are_made_anew_after_saving_when_others_can_be_chosen(
    article: Article, desk: Desk, checker: Client
) -> None:
    page = checker.get(f"/articles/{article.pk}/").content.decode()
    Term.objects.filter(desk=desk, key="event").update(name="Happening")

    fields = regions(post(checker, article, selection(**hidden_in(page))))["#composer-fields"]

    assert "Happening" in fields


def test_fold_with_an_error_in_it_is_open(article: Article, checker: Client) -> None:
    found = regions(post(checker, article, selection(evidence_url="ftp//nowhere")))["#composer-fields"]

    folds = re.findall(r'<details class="fold"( open)?>\s*<summary>([^<]+)', found)
    assert [title for is_open, title in folds if is_open] == ["Evidence"]


def test_somebody_who_may_not_annotate_is_told_why(
    article: Article, people: People, as_user: Callable[[User], Client]
) -> None:
    response = post(as_user(people.admin), article, selection())

    assert response.status_code == 403
    assert "Only checkers, reviewers and the head of research can annotate articles." in regions(response)["#messages"]
    assert Annotation.objects.count() == 0


def test_card_that_comes_with_the_reply_is_the_one_that_is_read_later(article: Article, checker: Client) -> None:
    data = selection(
        claim="Sent.",
        note="Ask.",
        origin="state-media",
        labels_claim_type=["quantity", "event"],
        source="Agencies",
        channel="background-briefing",
        verdict="unproven",
        rationale="No figures.",
        evidence_url="https://www.example.org/report",
        assignee="checker2",
    )

    reply = regions(post(checker, article, data))["#cards"]

    later = checker.get(reverse("annotations:card", args=(Annotation.objects.get().pk,))).content.decode()
    token = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")[^"]+')
    assert token.sub("", reply) == token.sub("", later)


@pytest.mark.parametrize("count", [1, 3])
def test_saving_takes_the_same_queries_however_many_annotations_there_are(
    count: int, article: Article, people: People, checker: Client, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for at in range(count):
        annotate(article, people.checker, TEXT[at * 6 : at * 6 + 5], terms=["state-media"])

    with django_assert_num_queries(SAVING):
        post(checker, article, selection(origin="state-media"))


SAVING = 21
