"""What a screen reader is given: the browser's accessibility tree, its nameless controls, and where the focus is."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

CONTROLS = frozenset({"button", "checkbox", "combobox", "link", "listbox", "option", "radio", "searchbox"}) | frozenset(
    {"slider", "spinbutton", "switch", "textbox"}
)
LANDMARKS = frozenset({"banner", "complementary", "form", "main", "navigation", "region", "search"})


@dataclass(frozen=True, slots=True)
class Node:
    role: str
    name: str
    properties: dict[str, Any]


def nodes_of(page: Page) -> list[Node]:
    """All that is exposed, in the order of the document."""
    session = page.context.new_cdp_session(page)
    found = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [_node(each) for each in found if not each["ignored"]]


def _node(raw: dict[str, Any]) -> Node:
    properties = {each["name"]: each["value"].get("value") for each in raw.get("properties", [])}
    return Node(raw["role"]["value"], raw.get("name", {}).get("value", "").strip(), properties)


def flaws(nodes: list[Node]) -> list[str]:
    """Controls and landmarks that nobody could tell apart by ear, and a page without its one main part."""
    found = [f"{node.role} without a name" for node in nodes if node.role in CONTROLS and not node.name]
    marks = Counter((node.role, node.name) for node in nodes if node.role in LANDMARKS)
    marks.pop(("form", ""), None)  # no landmark without a name
    found += [f'{number} × {role} "{name}"' for (role, name), number in marks.items() if number > 1]
    is_modal = any(node.role == "dialog" and node.properties.get("modal") for node in nodes)
    mains = sum(node.role == "main" for node in nodes)
    return found if mains == (not is_modal) else [*found, f"{mains} main"]


def focus_of(nodes: list[Node]) -> tuple[str, str]:
    """Role and name of the innermost element with the focus; the page itself when nothing in it has it."""
    focused = [node for node in nodes if node.properties.get("focused")]
    return (focused[-1].role, focused[-1].name) if focused else ("RootWebArea", "")


def read(page: Page) -> tuple[str, str]:
    """Look at the whole page by ear: nothing in it is nameless. Returns where the focus is."""
    nodes = nodes_of(page)
    found = flaws(nodes)
    assert not found, found
    return focus_of(nodes)
