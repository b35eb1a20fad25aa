"""What Word's paragraph styles say a paragraph is. Built-in styles have English names in the file in every language."""

from dataclasses import dataclass
from typing import Any, Final

from docx.oxml.ns import qn

from annotations.core.blocks import BlockKind

DEEPEST: Final = 12
"""Styles looked through along "based on"."""

_BY_BEGINNING: Final = (
    ("title", BlockKind.HEADLINE),
    ("headline", BlockKind.HEADLINE),
    ("subtitle", BlockKind.SUBHEAD),
    ("subhead", BlockKind.SUBHEAD),
    ("heading", BlockKind.SUBHEAD),
    ("quote", BlockKind.QUOTATION),
    ("intense quote", BlockKind.QUOTATION),
    ("block text", BlockKind.QUOTATION),
    ("block quotation", BlockKind.QUOTATION),
    ("caption", BlockKind.CAPTION),
    ("list", BlockKind.LIST_ITEM),
    ("toc ", BlockKind.ASIDE),
    ("toc heading", BlockKind.ASIDE),
    ("byline", BlockKind.BYLINE),
    ("dateline", BlockKind.DATELINE),
)


@dataclass(frozen=True, slots=True)
class Style:
    name: str
    based_on: str
    is_outlined: bool


def styles_of(root: Any) -> dict[str, Style]:
    """By style id. `root`: the styles part's element."""
    found = {}
    for style in root.iterchildren(qn("w:style")):
        name, parent = style.find(qn("w:name")), style.find(qn("w:basedOn"))
        found[style.get(qn("w:styleId"), "")] = Style(
            name="" if name is None else name.get(qn("w:val"), "").lower(),
            based_on="" if parent is None else parent.get(qn("w:val"), ""),
            is_outlined=_is_outlined(style.find(qn("w:pPr"))),
        )
    return found


def kind_of(paragraph: Any, styles: dict[str, Style]) -> BlockKind | None:
    """HEADLINE for a title only; headings are SUBHEAD until it is known which is the first."""
    properties = paragraph.find(qn("w:pPr"))
    if properties is None:
        return None
    mark = properties.find(qn("w:pStyle"))
    kind = _kind_of_style("" if mark is None else mark.get(qn("w:val"), ""), styles)
    if kind is None and _is_outlined(properties):
        return BlockKind.SUBHEAD
    return kind or (BlockKind.LIST_ITEM if _is_numbered(properties) else None)


def _kind_of_style(style_id: str, styles: dict[str, Style]) -> BlockKind | None:
    for _ in range(DEEPEST):
        style = styles.get(style_id)
        if style is None:
            return None
        for beginning, kind in _BY_BEGINNING:
            if style.name.startswith(beginning):
                return kind
        if style.is_outlined:
            return BlockKind.SUBHEAD
        style_id = style.based_on
    return None


def _is_outlined(properties: Any) -> bool:
    level = None if properties is None else properties.find(qn("w:outlineLvl"))
    return level is not None and level.get(qn("w:val"), "9") in "012345678"


def _is_numbered(properties: Any) -> bool:
    """Number 0 takes a paragraph out of the list its style puts it in."""
    number = properties.find(f"{qn('w:numPr')}/{qn('w:numId')}")
    return number is not None and number.get(qn("w:val"), "0") != "0"
