"""Which labels of a form have a key: its first ones, origins before all others; in forms for the script alone."""

import re

from django.test import Client
from django.utils import timezone

from annotations.models import Article, Desk, Term, Vocabulary
from annotations.web.forms.annotations import EditAnnotationForm

SHOWN = re.compile(r'(?:value="([^"]+)"[^>]*? )aria-keyshortcuts="([^"]+)"')


def terms(axis: str, count: int, **values: object) -> list[Term]:
    vocabulary, desk = Vocabulary(key=axis, name=axis), Desk(language="en")
    return [
        Term(key=f"{axis}-{number}", name=f"{axis} {number}", vocabulary=vocabulary, desk=desk, **values)
        for number in range(1, count + 1)
    ]


def keys_of(*given: Term) -> dict[str, str]:
    form = EditAnnotationForm(terms=given, people=[])
    form.give_keys()
    return dict(SHOWN.findall(str(form)))


def test_origins_may_use_up_the_digits_and_others_go_on_with_shift() -> None:
    keys = keys_of(*terms("origin", 20), *terms("claim_type", 12), *terms("verdict", 3))

    assert keys == {
        **{f"origin-{digit}": str(digit) for digit in range(1, 10)},
        **{f"claim_type-{digit}": f"Shift+{digit}" for digit in range(1, 10)},
    }


def test_digits_that_origins_leave_go_to_the_other_axes_in_their_order() -> None:
    keys = keys_of(*terms("origin", 7), *terms("claim_type", 1), *terms("risk_flag", 2))

    assert {key: name for name, key in keys.items()} == {
        **{str(digit): f"origin-{digit}" for digit in range(1, 8)},
        "8": "claim_type-1",
        "9": "risk_flag-1",
        "Shift+1": "risk_flag-2",
    }


def test_retired_labels_move_no_key() -> None:
    retired = terms("gone", 1, retired_at=timezone.now())
    retired[0].vocabulary.key = "origin"

    keys = keys_of(*terms("origin", 1), *terms("claim_type", 1), *retired)

    assert keys == {"origin-1": "1", "claim_type-1": "2"}


def test_page_without_scripts_names_no_keys(article: Article, checker: Client) -> None:
    beside = checker.get(f"/articles/{article.pk}/").content.decode()
    alone = checker.get(f"/articles/{article.pk}/annotate/").content.decode()

    assert 'value="military-source" title="' in beside
    assert '<kbd aria-hidden="true">⇧1</kbd>' in beside
    assert 'label="Military source · 3"' in beside
    assert "Military source" in alone
    assert "aria-keyshortcuts" not in alone.split("<main")[1]
