"""The OpenAPI document: valid, current on disk, and true about what is answered."""

from pathlib import Path

import jsonschema
import pytest
import yaml
from django.core.management import call_command
from rest_framework.test import APIClient

from annotations.models import Article
from tests.factories import annotate
from tests.people import People

ON_DISK = Path(__file__).resolve().parents[2] / "docs" / "openapi.yaml"


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    path = tmp_path_factory.mktemp("schema") / "openapi.yaml"
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(path))
    found: dict[str, object] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def test_the_document_on_disk_is_current(document: dict[str, object]) -> None:
    assert yaml.safe_load(ON_DISK.read_text(encoding="utf-8")) == document, "Run: make openapi"


@pytest.mark.parametrize(("path", "name"), [("annotations", "AnnotationReader"), ("articles", "ArticleReader")])
def test_answers_are_as_described(
    checker: APIClient, article: Article, people: People, document: dict[str, object], path: str, name: str
) -> None:
    made = annotate(article, people.checker, "nine", terms=["quantity"])
    key = made.pk if path == "annotations" else article.pk
    schemas = document["components"]["schemas"]  # type: ignore[index]
    described = next(each for each in (name, name.removesuffix("Reader")) if each in schemas)

    row = checker.get(f"/api/v1/{path}/{key}/").json()

    jsonschema.validate(row, {"$ref": f"#/components/schemas/{described}", "components": document["components"]})
    assert sorted(row) == sorted(schemas[described]["properties"])


def test_docs_load_nothing_from_elsewhere(api: object, client: APIClient) -> None:
    page = client.get("/api/v1/docs/")

    assert page.status_code == 200
    assert "https://" not in page.content.decode()
