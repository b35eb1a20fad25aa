"""What colours stand for is the reader's choice; marks, cards and the legend say the same, also after a change."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client

from annotations.core.drafts import VerdictDraft
from annotations.models import Annotation, Article, Event
from annotations.services.vocabularies import reword_term
from tests.factories import annotate
from tests.people import People
from tests.web.conftest import HTMX


@pytest.fixture
def judged(article: Article, people: People) -> Annotation:
    """Its origin is violet (9), its verdict green (3), its state blue (1), its kind of claim amber (5)."""
    term = article.desk.terms.get(key="quantity")
    reword_term(
        term_id=term.pk,
        actor=people.admin,
        seen_version=term.vocabulary.version,
        changes={"name": term.name, "description": term.description, "colour": 5},
    )
    return annotate(
        article,
        people.checker,
        "thousands of troops",
        terms=["intelligence-sourced", "quantity"],
        verdict=VerdictDraft("accurate", "It is."),
    )


def choose(client: Client, article: Article, by: str) -> None:
    response = client.post(f"/articles/{article.pk}/colours/", {"by": by})
    assert response["Location"] == f"/articles/{article.pk}/"


def colours_in(page: str) -> tuple[list[str], list[str], list[str]]:
    """Of marks, of cards, of the legend."""
    marks = re.findall(r'<mark [^>]*class="l0c(\w)', page)
    cards = re.findall(r'<article class="card k(\w)"', page)
    return marks, cards, re.findall(r'(?<!</i>)<label class="check"><input type="checkbox" id="show-k(\w)"', page)


@pytest.mark.parametrize(("by", "colour"), [("", "9"), ("verdict", "3"), ("origin", "9"), ("claim_type", "5")])
def test_marks_cards_and_legend_have_the_colour_of_what_was_chosen(
    by: str, colour: str, article: Article, judged: Annotation, checker: Client
) -> None:
    choose(checker, article, by)

    page = checker.get(f"/articles/{article.pk}/").content.decode()

    assert colours_in(page) == ([colour], [colour], [colour])
    assert f'name="by" value="{by}" aria-pressed="true"' in page


def test_colours_of_states_stand_in_the_legend_of_states(article: Article, judged: Annotation, checker: Client) -> None:
    choose(checker, article, "state")

    page = checker.get(f"/articles/{article.pk}/").content.decode()

    assert colours_in(page) == (["1"], ["1"], [])
    assert '<span class="state open coloured k1">Open</span>' in page


def test_answers_to_a_change_keep_the_colours(article: Article, judged: Annotation, checker: Client) -> None:
    choose(checker, article, "verdict")

    card = checker.get(f"/annotations/{judged.pk}/card/", headers=HTMX).content.decode()
    window = checker.get(f"/articles/{article.pk}/cards/", headers=HTMX).content.decode()
    parts = {"seen_version": 1, "parts": f"{judged.start}-{judged.end - 1}", "asks": "yes"}
    moved = checker.post(f"/annotations/{judged.pk}/range/", parts, headers=HTMX).content.decode()
    events = Event.objects.filter(annotation=judged).order_by("-number")
    pulled = checker.get(f"/articles/{article.pk}/changes/?since={events[0].number - 1}", headers=HTMX).content.decode()

    assert [colours_in(each)[:2] for each in (card, window)] == [([], ["3"]), ([], ["3"])]
    assert [colours_in(each)[:2] for each in (moved, pulled)] == [(["3"], ["3"]), (["3"], ["3"])]
    shown = '<hx-partial hx-target="#absent-k3" hx-swap="delete"></hx-partial>'
    assert (moved.count(shown), pulled.count(shown)) == (1, 1)


def test_legend_says_which_labels_have_a_colour(
    article: Article, judged: Annotation, people: People, checker: Client
) -> None:
    annotate(article, people.checker, "gave no evidence")

    page = checker.get(f"/articles/{article.pk}/").content.decode()

    assert 'name="by" value="" form="shown"' in page
    legend = re.search(r"<legend>Colours shown</legend>(.*?)</fieldset>", page, re.DOTALL)
    assert legend is not None
    entries = [re.sub(r"<(?!i )[^>]*>", "", line).strip() for line in legend[1].splitlines()]
    assert "Intelligence-sourced" in entries
    [media] = [entry for entry in entries if "State media" in entry]
    assert media.startswith('<i class="absent" id="absent-k')
    assert "No colour" in entries


def test_what_colours_cannot_stand_for_is_refused(article: Article, checker: Client) -> None:
    response = checker.post(f"/articles/{article.pk}/colours/", {"by": "nothing-like-it"}, follow=True)

    assert "Choose one of the words under View." in response.content.decode()
    assert "colours-demo" not in checker.cookies


@pytest.mark.parametrize(
    ("by", "colour", "found"),
    [("", "9", 1), ("", "n", 1), ("verdict", "3", 1), ("verdict", "n", 1), ("claim_type", "9", 0), ("state", "9", 2)],
)
def test_choosing_all_that_are_shown_heeds_the_colours(
    by: str, colour: str, found: int, article: Article, judged: Annotation, people: People, checker: Client
) -> None:
    annotate(article, people.checker, "gave no evidence")

    query = urlencode({"article": str(article.pk), "by": by, "colour": colour, "state": "open"})
    page = checker.get(f"/annotations/several/?{query}").content.decode()

    assert page.count('name="chosen"') == found
    assert f'name="colour" value="{colour}"' in page
