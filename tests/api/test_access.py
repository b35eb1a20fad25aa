"""Every route by everybody: what each may see and do."""

import pytest

from annotations.models import Annotation, Article
from tests.api.conftest import As
from tests.factories import annotate
from tests.people import People

EVERYBODY = ("anonymous", "stranger", "nobody", "reader", "checker", "reviewer", "head", "admin")
SIGNED_IN = dict.fromkeys(EVERYBODY[1:], 200) | {"anonymous": 401}
ON_DESK = {"anonymous": 401, "stranger": 404, "nobody": 404, "reader": 404} | dict.fromkeys(EVERYBODY[4:], 200)

ROUTES = [
    ("get", "desks/", SIGNED_IN),
    ("get", "vocabularies/", SIGNED_IN),
    ("get", "terms/", SIGNED_IN),
    ("get", "articles/", SIGNED_IN),
    ("get", "annotations/", SIGNED_IN),
    ("get", "verdicts/", SIGNED_IN),
    ("get", "articles/{article}/", ON_DESK),
    ("get", "articles/{article}/text/", ON_DESK),
    ("get", "articles/{article}/source/", ON_DESK),
    ("get", "articles/{article}/revisions/", ON_DESK),
    ("get", "annotations/{annotation}/", ON_DESK),
    ("get", "annotations/{annotation}/evidence/", ON_DESK),
    ("get", "annotations/{annotation}/attributions/", ON_DESK),
    ("get", "annotations/{annotation}/links/", ON_DESK),
    ("get", "annotations/{annotation}/comments/", ON_DESK),
    ("get", "annotations/{annotation}/history/", ON_DESK),
    ("get", "export/jsonl/", SIGNED_IN),
    ("get", "schema/", dict.fromkeys(EVERYBODY, 200)),
]


@pytest.fixture
def annotation(article: Article, people: People) -> Annotation:
    return annotate(article, people.checker, "nine")


@pytest.mark.parametrize("name", EVERYBODY)
@pytest.mark.parametrize(("method", "route", "expected"), ROUTES, ids=[route for _, route, _ in ROUTES])
def test_each_route_answers_each_person(
    api: As,
    people: People,
    article: Article,
    annotation: Annotation,
    name: str,
    method: str,
    route: str,
    expected: dict[str, int],
) -> None:
    client = api(None if name == "anonymous" else getattr(people, name))
    path = f"/api/v1/{route.format(article=article.pk, annotation=annotation.pk)}"

    assert getattr(client, method)(path).status_code == expected[name]


WRITES = [
    ("post", "articles/", {"desk": "demo", "text": "Some words of an article."}),
    ("patch", "articles/{article}/", {"byline": "A. B."}),
    ("post", "annotations/", {"article": "{article}", "exact": "thousands of troops"}),
    ("patch", "annotations/{annotation}/", {"claim": "Nine."}),
    ("delete", "annotations/{annotation}/", {"reason": "Twice."}),
    ("post", "annotations/{annotation}/evidence/", {"url": "https://www.example.org/a", "stance": "context"}),
    ("post", "annotations/{annotation}/attributions/", {"source": "KCNA"}),
    ("post", "annotations/{annotation}/comments/", {"text": "Look."}),
]


@pytest.mark.parametrize("name", EVERYBODY)
@pytest.mark.parametrize(("method", "route", "body"), WRITES, ids=[f"{method} {route}" for method, route, _ in WRITES])
def test_each_write_is_for_its_people_only(
    api: As,
    people: People,
    article: Article,
    annotation: Annotation,
    name: str,
    method: str,
    route: str,
    body: dict[str, str],
) -> None:
    client = api(None if name == "anonymous" else getattr(people, name))
    path = f"/api/v1/{route.format(article=article.pk, annotation=annotation.pk)}"
    data = {key: value.format(article=article.pk) for key, value in body.items()}

    answer = getattr(client, method)(path, data, format="json", headers={"If-Match": "*"})

    done = 201 if method == "post" else 200
    allowed = {"checker", "head"} if method == "delete" else {"checker", "reviewer", "head"}
    # On a desk one is not on, even its name is unknown; a reader is on the desk, but sees no article being checked.
    hidden = {"stranger": 404, "nobody": 404, "reader": 403 if route == "articles/" else 404, "anonymous": 401}
    assert answer.status_code == (done if name in allowed else hidden.get(name, 403))
    if answer.status_code >= 400:
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["detail"].endswith(".")
