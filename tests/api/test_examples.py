"""Every operation that takes JSON shows a body in the schema; each one is accepted, and answered as described."""

from typing import Any

import pytest
from drf_spectacular.utils import OpenApiExample

from annotations.api.examples import EXAMPLES, ID, TEXT
from annotations.models import Desk
from tests.api.client import PREFIX, Api
from tests.api.conftest import Follows
from tests.people import PASSWORD, People

SENT = [(name, example) for name, listed in EXAMPLES.items() for example in listed]
HOOK = EXAMPLES["webhooks_create"][0].value["url"]
OF_THE_FRESH = ("articles_", "revisions_")
"""Operations about an article on which there is nothing yet."""

Document = dict[str, Any]


class World:
    """What the examples speak of, made of the examples themselves."""

    def __init__(self, checker: Api, admin: Api) -> None:
        self.checker = checker
        first, *_ = EXAMPLES["articles_create"]
        by_range, by_quote = (example.value for example in EXAMPLES["annotations_create"])
        self.fresh = self.made("articles/", first.value)
        self.article = self.made("articles/", first.value)
        self.annotation = self.made("annotations/", by_quote | {"article": self.article["id"]})
        self.other = self.made("annotations/", by_range | {"article": self.article["id"]})
        (question,) = EXAMPLES["comments_create"]
        self.comment = self.made(f"annotations/{self.other['id']}/comments/", question.value)
        (hook,) = EXAMPLES["webhooks_create"]
        self.webhook = admin.send("POST", "webhooks/", self.filled(hook.value)).json()

    def made(self, path: str, body: Any) -> dict[str, Any]:
        answer = self.checker.send("POST", path, body)
        assert answer.status_code == 201, answer.content
        row: dict[str, Any] = answer.json()
        return row

    def path(self, operation: str, path: str) -> str:
        article = self.fresh if operation.startswith(OF_THE_FRESH) else self.article
        annotation = self.other if operation == "comments_resolve" else self.annotation
        owners = {"articles": article, "webhooks": self.webhook}
        return path.removeprefix(PREFIX).format(
            id=owners.get(path.removeprefix(PREFIX).split("/")[0], annotation)["id"],
            annotation=annotation["id"],
            attribution=self.annotation["attributions"][0]["id"],
            comment=self.comment["id"],
        )

    def filled(self, value: Any, name: str = "") -> Any:
        """The example with the ids of what it is about."""
        if isinstance(value, dict):
            return {key: self.filled(each, key) for key, each in value.items()}
        if isinstance(value, list):
            return [self.filled(each, name) for each in value]
        ids = {"revision": self.fresh["revision"]["id"], "target": self.other["id"], "id": self.annotation["id"]}
        if name == "url" and value == HOOK:
            return "http://localhost:9/"  # an address that can be looked up without a network
        return value.replace(ID, ids.get(name, self.article["id"])) if isinstance(value, str) else value


def operations(document: Document) -> dict[str, tuple[str, str, Any]]:
    """Path, method and description, by name."""
    found = [(path, method, told) for path, methods in document["paths"].items() for method, told in methods.items()]
    return {told["operationId"]: (path, method, told) for path, method, told in found}


def test_every_operation_that_takes_json_shows_a_body(document: Document) -> None:
    taking = {
        name: media_type
        for name, (_, _, told) in operations(document).items()
        for media_type in told.get("requestBody", {}).get("content", {})
        if media_type.endswith("json")
    }

    shown = {
        name for name in taking if operations(document)[name][2]["requestBody"]["content"][taking[name]].get("examples")
    }
    assert sorted(shown) == sorted(taking) == sorted(EXAMPLES)


@pytest.mark.parametrize(("name", "example"), SENT, ids=[f"{name}: {example.name}" for name, example in SENT])
def test_each_example_is_accepted_and_answered_as_described(
    name: str,
    example: OpenApiExample,
    document: Document,
    desk: Desk,
    people: People,
    follows: Follows,
) -> None:
    world = World(Api(people.checker), Api(people.admin))
    if name == "annotations_place":  # there is a place to decide about once new copy has other words
        (copy,) = EXAMPLES["revisions_create"]
        world.made(f"articles/{world.article['id']}/revisions/", copy.value)
    path, method, _ = operations(document)[name]
    api = world.checker if not name.startswith("webhooks_") else Api(people.admin)

    answer = api.send(
        method.upper(),
        world.path(name, path),
        world.filled(example.value),
        media_type=example.media_type,
        etag="*",
    )

    assert answer.status_code in (200, 201), answer.content
    follows(answer, path.removeprefix(PREFIX), method)


def test_examples_point_at_the_words_they_mean(people: People) -> None:
    by_range, by_quote = (example.value for example in EXAMPLES["annotations_create"])
    source = by_quote["attribution"]

    places = [by_range, source["source_range"], source["cue_range"]]

    assert [TEXT[place["start"] : place["end"]] for place in places] == [
        by_range["exact"],
        source["source"],
        "according to",
    ]
    assert EXAMPLES["tokens_create"][0].value["password"] == PASSWORD
