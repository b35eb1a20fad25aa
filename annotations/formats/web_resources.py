"""Documents of the W3C Web Annotation Protocol: one annotation at its address, a container, a page of it.

Source: https://www.w3.org/TR/annotation-protocol/.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from annotations.formats.web_annotation import CONTEXT, document

LDP_CONTEXT: Final = "http://www.w3.org/ns/ldp.jsonld"
POSITION: Final = "TextPositionSelector"


@dataclass(frozen=True, slots=True)
class Collection:
    """A container: `address` ends in a slash, `modified` in Z; `iris` says whether pages hold addresses only."""

    address: str
    label: str
    total: int
    modified: str
    page_size: int
    iris: bool

    @property
    def id(self) -> str:
        return f"{self.address}?iris={int(self.iris)}"

    @property
    def last(self) -> int:
        """Number of the last page, counted from 0."""
        return max(0, (self.total - 1) // self.page_size)


def resource(row: dict[str, Any], address: str, origin: Mapping[str, Any], *, placed: bool = True) -> dict[str, Any]:
    """One annotation. `origin` is what came with it: canonical, via, motivations of its own, rights and the like.

    Without a place in the current text (`placed`) it has its quote only: positions would count in a text that is gone.
    """
    made = document(row)
    if not placed:
        made["target"] = _without_positions(made["target"])
    if own := origin.get("motivation"):
        origin = {**origin, "motivation": [made["motivation"], *own]}
    return made | {"id": address, "canonical": made["id"], **origin}


def container(collection: Collection, first: Sequence[Any] | None) -> dict[str, Any]:
    """The description of a container, with the items of its first page or, when None, the address of that."""
    pages: dict[str, Any] = {}
    if collection.total:
        pages["first"] = _page_id(collection, 0) if first is None else _page(collection, 0, first)
        pages["last"] = _page_id(collection, collection.last)
    return {
        "@context": [CONTEXT, LDP_CONTEXT],
        "id": collection.id,
        "type": ["BasicContainer", "AnnotationCollection"],
        **_described(collection),
        **pages,
    }


def page(collection: Collection, number: int, items: Sequence[Any]) -> dict[str, Any]:
    """One page as a document of its own; `number` counts from 0."""
    owner = {"id": collection.id, "type": "AnnotationCollection", **_described(collection)}
    return {"@context": CONTEXT, **_page(collection, number, items), "partOf": owner}


def _page(collection: Collection, number: int, items: Sequence[Any]) -> dict[str, Any]:
    return {
        "id": _page_id(collection, number),
        "type": "AnnotationPage",
        "startIndex": number * collection.page_size,
        **({"prev": _page_id(collection, number - 1)} if number else {}),
        **({"next": _page_id(collection, number + 1)} if number < collection.last else {}),
        "items": list(items),
    }


def _page_id(collection: Collection, number: int) -> str:
    return f"{collection.id}&page={number}"


def _described(collection: Collection) -> dict[str, Any]:
    return {"label": collection.label, "total": collection.total, "modified": collection.modified}


def _without_positions(target: Any) -> Any:
    if isinstance(target, list):
        return [_without_positions(each) for each in target]
    return target | {"selector": [each for each in target["selector"] if each["type"] != POSITION]}
