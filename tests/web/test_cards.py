"""The cards beside a text: their order, what each tells, and as many statements for many as for one."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from annotations.core.drafts import AttributionDraft, EvidenceDraft, VerdictDraft
from annotations.models import Article
from annotations.web import card_window
from tests.factories import annotate
from tests.people import TEXT, People
from tests.web.test_reading import page


def test_cards_stand_in_text_order_and_link_to_their_text(article: Article, people: People, checker: Client) -> None:
    later = annotate(article, people.checker, "Thousands of families")
    earlier = annotate(article, people.checker, "thousands of troops", claim="  Spaces stay ")

    find = page(checker, article)

    assert [card.attrib["data-id"] for card in find("//article")] == [str(earlier.pk), str(later.pk)]
    assert find("//article//a/@href") == [f"#s{earlier.start}", f"#s{later.start}"]
    assert find("//*[@class='claim clip']")[0].text == "  Spaces stay "


def test_page_holds_a_window_of_cards_and_gives_the_others_on_demand(
    article: Article, people: People, checker: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(card_window, "SIZE", 2)
    made = [annotate(article, people.checker, TEXT[at : at + 4]) for at in (0, 7, 14, 20, 28)]
    ordered = [str(each.pk) for each in sorted(made, key=lambda each: each.start)]

    first = page(checker, article)
    later = page(checker, article, "?from=2")
    around = page(checker, article, f"?around={ordered[3]}")
    url = reverse("annotations:cards", args=(article.pk,))
    following = html.fromstring(checker.get(url, {"from": "2", "part": "later"}).content).xpath

    assert first("//article/@data-id") == ordered[:2]
    assert first("//*[@class='pages']/a/text()") == ["Later annotations"]
    assert later("//article/@data-id") == ordered[2:4]
    assert later("//*[@class='pages']/a/text()") == ["Earlier annotations", "Later annotations"]
    assert around("//article/@data-id") == ordered[2:4]
    assert following("//article/@data-id") == ordered[2:4]
    assert following("//*[@class='pages']/a/text()") == ["Later annotations"]


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_the_same_queries_for_one_annotation_as_for_three(
    count: int, article: Article, people: People, checker: Client, django_assert_num_queries: Callable[[int], object]
) -> None:
    for at in range(count):
        annotate(article, people.checker, TEXT[at * 6 : at * 6 + 5], terms=["state-media", "quantity"])
    url = reverse("annotations:article", args=(article.pk,))
    checker.get(url)

    with django_assert_num_queries(11):  # type: ignore[attr-defined]
        checker.get(url)


def test_page_with_more_cards_than_it_shows_takes_the_same_queries(
    article: Article,
    people: People,
    checker: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: Callable[[int], object],
) -> None:
    monkeypatch.setattr(card_window, "SIZE", 2)
    for at in (0, 7, 14):
        annotate(article, people.checker, TEXT[at : at + 4])
    url = reverse("annotations:article", args=(article.pk,))
    checker.get(url)

    with django_assert_num_queries(11):  # type: ignore[attr-defined]
        checker.get(url)


def test_card_tells_label_state_verdict_source_evidence_and_assignee(
    article: Article, people: People, checker: Client
) -> None:
    annotate(
        article,
        people.checker,
        "thousands of troops",
        terms=["quantity", "state-media"],
        attributions=[AttributionDraft("First <b>"), AttributionDraft("Second")],
        evidence=[EvidenceDraft(url="https://a.org"), EvidenceDraft(url="https://b.org")],
        verdict=VerdictDraft("accurate", "So."),
        assignee="checker2",
    )

    (card,) = page(checker, article)("//article")

    assert [element.text_content() for element in card.xpath("./header/span")] == ["State media", "Open"]
    assert [element.text_content() for element in card.xpath("./div[@class='facts']/span")] == [
        "Accurate",
        "First <b>",
        "2 pieces of evidence",
        "for Checker2",
    ]
    assert card.attrib["aria-label"] == "State media. Open. thousands of troops"


def test_a_kept_card_never_stands_for_another_language_another_name_or_another_version(
    article: Article, people: People, checker: Client
) -> None:
    def heard() -> list[str]:
        (card,) = page(checker, article)("//article")
        names = [element.text_content() for element in card.xpath("./header/span")]
        return [*names, card.xpath("./header//input/@value")[0][-2:]]

    annotation = annotate(article, people.checker, "thousands of troops", terms=["state-media"])
    first = heard()
    article.desk.terms.filter(key="state-media").update(name="Media of the state")
    renamed = heard()
    type(annotation).objects.filter(pk=annotation.pk).update(version=2)
    later = heard()
    checker.cookies["django_language"] = "de"

    assert first == ["State media", "Open", ":1"]
    assert renamed == ["Media of the state", "Open", ":1"]
    assert later == ["Media of the state", "Open", ":2"]
    assert heard() == ["Media of the state", "Offen", ":2"]
