"""Making an annotation by quoting, on a page without JavaScript."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from annotations.models import Annotation, Article
from tests.people import TEXT

START = TEXT.index("thousands of troops")
END = START + len("thousands of troops")


def quote(client: Client, article: Article, data: dict[str, Any]) -> Any:
    stances = {"evidence_stance": "context", "evidence_tier": "secondary"}
    return client.post(reverse("annotations:annotate", args=(article.pk,)), data | stances)


def test_quoting_finds_the_place_and_goes_back_to_the_article(article: Article, checker: Client) -> None:
    response = quote(checker, article, {"exact": "thousands of troops", "claim": "Sent"})

    made = Annotation.objects.get()
    assert (made.start, made.end) == (START, END)
    assert response["Location"] == f"/articles/{article.pk}/#card-{made.pk}"


def test_ambiguous_quote_lists_the_places_and_takes_the_chosen_one(article: Article, checker: Client) -> None:
    refused = quote(checker, article, {"exact": "agencies"})
    chosen = quote(checker, article, {"exact": "agencies", "occurrence": 2})

    source = refused.content.decode()
    assert refused.status_code == 422
    assert "The text has “agencies” 2 times" in source
    assert len(re.findall(r"<b>agencies</b>", source)) == 2
    assert chosen.status_code == 302
    assert Annotation.objects.get().start == TEXT.rindex("agencies")


def test_quote_that_is_not_in_the_text_is_refused(article: Article, checker: Client) -> None:
    response = quote(checker, article, {"exact": "millions of troops"})

    assert response.status_code == 422
    assert "The text does not have “millions of troops”." in response.content.decode()
