"""The search page: what is found, where it leads, what is marked, and that nothing leaks."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from lxml import html

from annotations.core.drafts import EvidenceDraft
from annotations.models import Annotation, Article, Desk, User
from annotations.services.comments import add_comment
from tests.factories import annotate, import_text
from tests.people import People

As = Callable[[User], Client]


def hits(client: Client, query: str) -> list[tuple[str, str, str]]:
    """(kind, excerpt with its marks in brackets, address) of each hit."""
    tree = html.fromstring(client.get(f"/search/?{query}").content)
    found = []
    for row in tree.xpath("//li[contains(@class, 'hit')]"):
        link = row.xpath(".//a[contains(@class, 'row-title')]")[0]
        words = "".join(f"[{each.text}]" if each.tag == "mark" else each.text for each in link)
        found.append((row.xpath(".//strong")[0].text, words, link.get("href")))
    return found


def test_every_kind_is_found_newest_first_and_leads_to_its_place(
    article: Article, people: People, checker: Client
) -> None:
    annotation = annotate(
        article,
        people.checker,
        "nine",
        claim="Mines killed nine.",
        evidence=[EvidenceDraft(url="https://example.org/", title="Mine report", stance="supports")],
    )
    add_comment(annotation_id=annotation.pk, actor=people.checker2, text="Which mines?")
    card = f"/articles/{article.pk}/?around={annotation.pk}#card-{annotation.pk}"

    assert hits(checker, "q=mines") == [
        ("Comment", "Which [mines]?", card),
        ("Evidence", "[Mine] report\nhttps://example.org/", card),
        ("Annotation", "nine\n[Mines] killed nine.", card),
        ("Text", "Troops cleared [mines], leader says", f"/articles/{article.pk}/#range=15-20"),
        ("Article", "Troops cleared [mines]", f"/articles/{article.pk}/"),
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=intelligence+agency", ["The country has sent thousands of troops abroad, according to Western "
         "[intelligence] [agencies]."]),
        ('q="hundred and twenty"', ['"We lost nine," the leader said, "in a [hundred and twenty] days."']),
        ("q=undre", ['"We lost nine," the leader said, "in a h[undre]d and twenty days."']),
        ("q=agencies+-western", ["The [agencies] gave no evidence. Thousands of families wait."]),
        ("q=families+or+leader&kind=text", ["The agencies gave no evidence. Thousands of [families] wait.",
         '"We lost nine," the [leader] said, "in a hundred and twenty days."', "Troops cleared mines, [leader] says"]),
        ("q=nowhere", []),
        ("q=", []),
        ("q=-", []),
    ],
)  # fmt: skip
def test_words_are_found_in_their_forms_phrases_together_fragments_inside_words(
    query: str, expected: list[str], article: Article, checker: Client
) -> None:
    found = [words.replace("] [", "] [") for _, words, _ in hits(checker, query)]

    assert found == expected


def test_a_place_in_the_text_is_exact_behind_emoji(desk: Desk, people: People, checker: Client) -> None:
    article = import_text(desk, people.checker, "👩🏽‍🔬 first\n\nThen 🚋 came <b>Dublin</b>.", title="Trams")
    text = article.current.text

    [(_, words, address)] = hits(checker, "q=dublin")

    assert words == "Then 🚋 came <b>[Dublin]</b>."
    start, end = map(int, address.partition("#range=")[2].split("-"))
    assert text[start:end] == "Dublin"


def test_a_language_without_rules_and_one_without_spaces_are_found_too(
    desk: Desk, people: People, checker: Client
) -> None:
    import_text(desk, people.checker, "Військові розмінували поля.", title="U", language="uk")
    import_text(desk, people.checker, "朝鮮は土曜日、報道を認めた。", title="J", language="ja")

    assert [words for _, words, _ in hits(checker, "q=ПОЛЯ")] == ["Військові розмінували [поля]."]
    assert [words for _, words, _ in hits(checker, "q=報道")] == ["朝鮮は土曜日、[報道]を認めた。"]


def test_filters_narrow_and_unknown_values_are_left_out(
    article: Article, annotation: Annotation, checker: Client
) -> None:
    def kinds(query: str) -> list[str]:
        return [kind for kind, _, _ in hits(checker, f"q=thousands&{query}")]

    assert kinds("") == ["Annotation", "Text", "Text"]
    assert kinds("kind=annotation") == ["Annotation"]
    assert kinds("state=open") == ["Annotation"]
    assert kinds("state=proposed") == []
    assert kinds("state=checking&kind=text") == ["Text", "Text"]
    assert kinds("desk=demo&kind=annotation") == ["Annotation"]
    assert kinds("desk=other&kind=nonsense&state=nonsense&before=x") == ["Annotation", "Text", "Text"]


def test_nothing_leaks_between_desks(
    article: Article, foreign_article: Article, people: People, checker: Client, as_user: As
) -> None:
    annotation = annotate(foreign_article, people.stranger, "nine", note="A secret of the other desk")
    add_comment(annotation_id=annotation.pk, actor=people.stranger, text="Another secret")

    assert hits(checker, "q=secret") == []
    assert [kind for kind, _, _ in hits(as_user(people.stranger), "q=secret")] == ["Comment", "Annotation"]
    assert {address.split("/")[2] for _, _, address in hits(checker, "q=mines")} == {str(article.pk)}
    assert hits(as_user(people.nobody), "q=mines") == []
    assert hits(as_user(people.reader), "q=mines") == []
    assert checker.get(f"/search/?q=mines&article={foreign_article.pk}").status_code == 404


def test_search_inside_one_article(article: Article, desk: Desk, people: People, checker: Client) -> None:
    import_text(desk, people.checker, "Mines were elsewhere.", title="Elsewhere")
    page = checker.get(f"/search/?q=mines&article={article.pk}").content.decode()

    assert [kind for kind, _, _ in hits(checker, f"q=mines&article={article.pk}")] == ["Text", "Article"]
    assert "Search this article" in page
    assert f'<a href="/search/?article={article.pk}">' in checker.get(f"/articles/{article.pk}/").content.decode()


def test_pages_follow_each_other_without_gap_or_double(desk: Desk, people: People, checker: Client) -> None:
    text = "\n\n".join(f"Paragraph {number} names the ferry." for number in range(45))
    import_text(desk, people.checker, text, title="Long")
    seen, query = [], "q=ferry"
    while query:
        seen += [words for _, words, _ in hits(checker, query)]
        links = html.fromstring(checker.get(f"/search/?{query}").content).xpath("//a[@rel='next']/@href")
        query = links[0].lstrip("?") if links else ""

    assert seen == [f"Paragraph {number} names the [ferry]." for number in reversed(range(45))]


def test_markup_in_texts_stays_text(desk: Desk, people: People, checker: Client) -> None:
    import_text(desk, people.checker, "Say <script>alert(1)</script> & ferry.", title="<i>T</i>")

    page = checker.get("/search/?q=ferry").content.decode()

    assert "Say &lt;script&gt;alert(1)&lt;/script&gt; &amp; </span><mark>ferry</mark>" in page
    assert "<i>T</i>" not in page


def test_empty_page_says_what_can_be_found_and_no_hit_says_so(checker: Client) -> None:
    assert "What are you looking for?" in checker.get("/search/").content.decode()
    assert "Nothing says “&lt;b&gt;x”" in checker.get("/search/?q=<b>x").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_search_takes_the_same_queries_for_one_hit_as_for_three(
    count: int, article: Article, people: People, checker: Client, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for quote in ("nine", "leader said", "families")[:count]:
        annotate(article, people.checker, quote, note="Zebra")

    with django_assert_num_queries(10):
        response = checker.get("/search/?q=zebra")

    assert response.content.decode().count("<mark>Zebra</mark>") == count


def test_a_fragment_finds_the_annotation_in_whose_quote_it_stands(
    article: Article, people: People, checker: Client
) -> None:
    annotation = annotate(article, people.checker, "intelligence agencies")
    annotate(article, people.checker, "nine")

    found = hits(checker, "q=ellige")

    assert [kind for kind, _, _ in found] == ["Annotation", "Text"]
    assert found[0][1] == "int[ellige]nce agencies"
    assert found[0][2].endswith(f"#card-{annotation.pk}")


def test_words_spread_over_quote_claim_note_and_evidence_are_found_together(
    article: Article, people: People, checker: Client
) -> None:
    annotate(
        article,
        people.checker,
        "thousands of troops",
        claim="Soldiers were sent.",
        evidence=[EvidenceDraft(url="https://example.org/", title="Ministry budget", stance="supports")],
    )
    annotate(article, people.checker, "thousands of troops", claim="Soldiers stayed.")

    found = hits(checker, "q=troop+soldiers+budgets")

    assert found == [("Annotation", "thousands of [troops]\n[Soldiers] were sent.", found[0][2])]
    assert hits(checker, "q=troops+budget+nowhere") == []
    assert hits(checker, 'q="troops+budget"') == []
