"""Small words on pages: moments, counts, what an event of the history says."""

import datetime as dt
from contextvars import ContextVar
from typing import Any, Final

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from annotations.core.drafts import LinkKind, Stance, Tier
from annotations.core.states import ROLE_LABELS, Role

register = template.Library()

EMPTY: Final = SafeString("")
READER_ZONE: ContextVar[dt.tzinfo | None] = ContextVar("READER_ZONE", default=None)
"""Where the person reads, as far as the browser has said."""

EVENTS: Final = {
    "create": "annotated this",
    "edit": "changed it",
    "withdraw": "withdrew it",
    "undo": "undid the last change",
    "add_evidence": "added evidence",
    "retire_evidence": "retired evidence",
    "add_attribution": "added a source",
    "retire_attribution": "retired a source",
    "add_link": "linked it to another annotation",
    "retire_link": "removed a link",
    "comment": "commented",
    "resolve": "resolved a comment",
    "import": "imported the article",
    "start": "started checking",
}


@register.filter
def moment(value: dt.datetime | None) -> SafeString:
    """A time in the reader's zone with UTC as its tooltip; in UTC as long as no zone is known."""
    if value is None:
        return EMPTY
    in_utc = date_format(value.astimezone(dt.UTC), "j M Y, H:i") + " UTC"
    zone = READER_ZONE.get()
    if zone is None:
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), in_utc)
    words = _local(value.astimezone(zone), dt.datetime.now(zone))
    return format_html('<time datetime="{}" title="{}">{}</time>', value.isoformat(), in_utc, words)


def _local(value: dt.datetime, now: dt.datetime) -> str:
    time = date_format(value, "H:i")
    if value.date() == now.date():
        return gettext("today, %(time)s") % {"time": time}
    return date_format(value, "j M Y") + f", {time}"


@register.filter
def happened(action: str) -> str:
    """What an event says after its actor's name."""
    return EVENTS.get(action, action.replace("_", " "))


@register.filter
def role_name(role: str) -> str:
    return ROLE_LABELS[Role(role)]


@register.simple_tag
def counted(number: int, one: str, many: str) -> str:
    """ "1 article", "3 articles"."""
    return f"{number} {one if number == 1 else many}"


@register.filter
def changed(event: Any) -> list[tuple[str, Any, Any]]:
    """What an event changed: (field, before, after) of every field that differs."""
    before, after = event.before or {}, event.after or {}
    names = [name for name in after if name in before and name not in {"version", "prefix", "suffix"}]
    return [(name.replace("_", " "), before[name], after[name]) for name in names if before[name] != after[name]]


STANCES: Final = {Stance.SUPPORTS: "Supports it", Stance.CONTRADICTS: "Contradicts it", Stance.CONTEXT: "Gives context"}
TIERS: Final = {Tier.PRIMARY: "Primary source", Tier.SECONDARY: "Secondary source"}
LINKS: Final = {
    LinkKind.SAME_FACT: "States the same fact as",
    LinkKind.CONTRADICTS: "Contradicts",
    LinkKind.DEPENDS_ON: "Depends on",
}


@register.filter
def stance_name(stance: str) -> str:
    return STANCES[Stance(stance)]


@register.filter
def tier_name(tier: str) -> str:
    return TIERS[Tier(tier)]


@register.filter
def link_name(kind: str) -> str:
    return LINKS[LinkKind(kind)]


@register.filter
def told(value: Any) -> str:
    """A value of the history in words: lists and parts as their names, nothing as "nothing"."""
    if isinstance(value, list):
        return ", ".join(told(each) for each in value) or "nothing"
    if isinstance(value, dict):
        return str(next((value[name] for name in ("source", "title", "url", "term", "kind") if value.get(name)), ""))
    return str(value) if value not in (None, "") else "nothing"
