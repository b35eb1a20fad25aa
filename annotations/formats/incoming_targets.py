"""Targets of a Web Annotation on their way in: words of the article, or the article as a whole."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from annotations.core.wording import _, gettext_noop
from annotations.formats.text_selectors import check_members, refused

SPECIFIC: Final[Mapping[str, Any]] = {"type": str, "source": (str, dict), "selector": (dict, list)}
WHOLE: Final[Mapping[str, Any]] = {"id": str, "type": str}

Selector = tuple[Any, str]
"""A selector, None for the whole article, and the JSON pointer to it."""


def read_targets(document: Mapping[str, Any], sources: Sequence[str]) -> list[Selector]:
    """`sources` are the names of the article. Raises "required", "not_kept", "malformed", "source_differs"."""
    sent = document.get("target")
    targets = sent if isinstance(sent, list) else [] if sent is None else [sent]
    if not targets:
        raise refused("/target", "required", _("An Annotation needs a target: words of the article."))
    many = isinstance(sent, list)
    return [_target(each, sources, f"/target/{number}" if many else "/target") for number, each in enumerate(targets)]


def _target(target: Any, sources: Sequence[str], at: str) -> Selector:
    if isinstance(target, str):
        return _named(target, sources, at)
    if isinstance(target, dict) and "id" in target:
        check_members(target, WHOLE, at, gettext_noop("a target"))
        if target.get("type", "Text") != "Text":
            raise refused(f"{at}/type", "not_kept", _("An article is a Text here, and nothing else."))
        return _named(target["id"], sources, f"{at}/id")
    check_members(target, SPECIFIC, at, gettext_noop("a target"))
    if target.get("type", "SpecificResource") != "SpecificResource":
        raise refused(f"{at}/type", "not_kept", _("A target is a SpecificResource here."))
    source, where = target.get("source"), f"{at}/source"
    if isinstance(source, dict):
        check_members(source, {"id": str}, where, gettext_noop("a source"))
        source = source.get("id")
    if "selector" not in target and isinstance(source, str):
        return _named(source, sources, where)
    _check_source(source, sources, where)
    return target["selector"], f"{at}/selector"


def _named(name: str, sources: Sequence[str], at: str) -> Selector:
    """The article itself, or by its fragment a part of it."""
    address, hash, fragment = name.partition("#")
    if name in sources or not hash or address not in sources:
        _check_source(name, sources, at)
        return None, at
    return {"type": "FragmentSelector", "value": fragment}, at


def _check_source(source: Any, sources: Sequence[str], at: str) -> None:
    if source in sources:
        return
    sentence = (
        _("It names no source. The article's names: {listed}.")
        if source is None
        else _('"{source}" is not the article of this container. The article\'s names: {listed}.')
    )
    raise refused(at, "source_differs", sentence.format(source=source, listed=", ".join(sources)))
