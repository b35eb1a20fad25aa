"""What a form shows when somebody else changed the same: both values side by side, and everything typed still there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "place": ("start", "end"),
    "claim": ("claim",),
    "origin": ("origin",),
    "verdict": ("verdict", "rationale", "as_of"),
    "note": ("note",),
    "assignee": ("assignee",),
}
"""The elements of a form that hold a field of the merge. Labels have one a vocabulary, and never conflict."""

LABELS: Final[Mapping[str, str]] = {
    "place": gettext_noop("Range"),
    "claim": gettext_noop("Claim"),
    "origin": gettext_noop("Origin"),
    "labels": gettext_noop("Labels"),
    "verdict": gettext_noop("Verdict"),
    "note": gettext_noop("Note"),
    "assignee": gettext_noop("Assigned to"),
}


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field that two people changed. `theirs_sent`: (name, value) of what the form sends for their side."""

    name: str
    label: str
    others: str
    mine: str
    theirs: str
    theirs_sent: list[tuple[str, str]]


def with_choices(data: QueryDict | None) -> QueryDict | None:
    """What was sent, with the values of others where the person chose those."""
    if data is None:
        return None
    chosen = data.copy()
    for field, names in NAMES.items():
        if data.get(f"keep_{field}") == "theirs":
            for name in names:
                chosen[name] = data.get(f"theirs_{name}", "")
    return chosen


def brought_up(data: QueryDict, form: forms.Form, extra: Mapping[str, Any]) -> QueryDict:
    """What was typed, on top of what others changed in other fields, ready to be sent against the current version."""
    current = data.copy()
    current["seen_version"] = str(extra["version"])
    for field, value in extra["merged"].items():
        if field == "labels":
            for name in form.fields:
                if name.startswith("labels_"):
                    known = [key for key, _name in form.fields[name].choices]  # type: ignore[attr-defined]
                    current.setlist(name, [key for key in value if key in known])
        else:
            for name, words in _sent(field, value):
                current[name] = words
    return current


def conflicts_in(form: forms.Form, extra: Mapping[str, Any]) -> list[Conflict]:
    others = ", ".join(extra["others"])
    return [
        Conflict(
            field,
            _(LABELS[field]),
            others,
            _shown(form, field, extra["merged"][field]),
            _shown(form, field, extra["theirs"][field]),
            _sent(field, extra["theirs"][field]),
        )
        for field in extra["conflicts"]
    ]


def told(others: tuple[str, ...], fields: tuple[str, ...]) -> str:
    """What others changed meanwhile, as a sentence; nothing when they did not."""
    if not fields:
        return ""
    names = ", ".join(_(LABELS[field]) for field in fields)
    return _("Meanwhile %(others)s changed: %(fields)s.") % {"others": ", ".join(others), "fields": names}


def _sent(field: str, value: Any) -> list[tuple[str, str]]:
    """A field's value as its elements hold it."""
    parts = value if isinstance(value, list | tuple) else ("",) * len(NAMES[field]) if value is None else (value,)
    padded = [*parts, *[""] * len(NAMES[field])]
    return [(name, str(part if part is not None else "")) for name, part in zip(NAMES[field], padded, strict=False)]


def _shown(form: forms.Form, field: str, value: Any) -> str:
    """The value in words: choices by their names."""
    sent = _sent(field, value)
    if field == "place":
        return "–".join(words for _name, words in sent)
    choices = dict(getattr(form.fields[NAMES[field][0]], "choices", ()))
    first, *rest = [choices.get(words, words) if words else "" for _name, words in sent]
    return ", ".join(str(words) for words in (first, *rest) if words)
