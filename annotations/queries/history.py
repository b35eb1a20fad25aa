"""The history in sentences: what each recorded action says, and what it changed, in words."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet

from annotations.core.moves import ANNOTATION_MOVES, ARTICLE_MOVES
from annotations.core.states import ANNOTATION_STATE_LABELS, ARTICLE_STATE_LABELS, ROLE_LABELS
from annotations.core.wording import _, ngettext
from annotations.models import Event, Term, User
from annotations.queries.history_words import CARRIED, COMMENTED, DECIDED, FIELDS, LINKED, PLACED, PLAIN

LABELS: Final[dict[str, str]] = {
    **{str(key): label for key, label in ARTICLE_STATE_LABELS.items()},
    **{str(key): label for key, label in ANNOTATION_STATE_LABELS.items()},
    **{str(key): label for key, label in ROLE_LABELS.items()},
}
PASTS: Final = {
    **{action: move.words.past for (state, action), move in ARTICLE_MOVES.items()},
    **{action: move.words.past for (state, action), move in ANNOTATION_MOVES.items()},
}
IDLE: Final = re.compile(r"Untouched for (?P<hours>\d+) hours\.")
"""The reason that the system gives in the record, which is English and never rewritten."""

Change = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """One event as people read it. `changes`: (field, before, after) of what differs, in words."""

    event: Event
    sentence: str
    changes: list[Change]

    @property
    def reason(self) -> str:
        """What the person wrote; what the system wrote, in the reader's language."""
        idle = IDLE.fullmatch(self.event.reason) if self.event.action == "release" else None
        if idle is None:
            return self.event.reason
        hours = int(idle["hours"])
        return ngettext("Untouched for {hours} hour.", "Untouched for {hours} hours.", hours).format(hours=hours)


def told_events(events: QuerySet[Event]) -> list[Told]:
    """The events, newest first, in three queries however many they are."""
    rows = list(events.select_related("actor", "annotation", "article").order_by("-id"))
    names = _names(rows)
    return [Told(row, sentence_of(row, names), _changes(row, names)) for row in rows]


def has_sentence(action: str) -> bool:
    return action in PLAIN or action in SPECIAL or action in PASTS


def sentence_of(event: Event, names: Mapping[str, str]) -> str:
    """ "Ana proposed the verdict "Accurate"." `names` maps term keys and ids of people to their names."""
    say = SPECIAL.get(event.action, _plain)
    return say(event, names, event.actor or _("The system"))


def _plain(event: Event, _names: Mapping[str, str], actor: object) -> str:
    known = PASTS.get(event.action) or PLAIN.get(event.action)
    return _(known).format(actor=actor) if known else f"{actor}: {event.action}"


def _proposed(event: Event, names: Mapping[str, str], actor: object) -> str:
    verdicts = (event.after or {}).get("verdicts") or []
    if not verdicts:
        return _(PASTS["propose"]).format(actor=actor)
    term = verdicts[0]["term"]
    return _('{actor} proposed the verdict "{verdict}".').format(actor=actor, verdict=names.get(term, term))


def _decided(event: Event, _names: Mapping[str, str], actor: object) -> str:
    state = (event.after or {}).get("state", "")
    return _(DECIDED.get(state, PASTS["decide"])).format(actor=actor)


def _assigned(event: Event, names: Mapping[str, str], actor: object) -> str:
    person = (event.after or {}).get("assignee")
    if not person:
        return _("{actor} gave it back to the pool.").format(actor=actor)
    if person not in names:
        return _("{actor} assigned it to somebody.").format(actor=actor)
    return _("{actor} assigned it to {person}.").format(actor=actor, person=names[person])


def _commented(event: Event, _names: Mapping[str, str], actor: object) -> str:
    after = event.after or {}
    said = COMMENTED[after.get("kind") == "question", bool(after.get("blocking"))]
    return _(said).format(actor=actor, text=_short(after.get("text", "")))


def _resolved(event: Event, _names: Mapping[str, str], actor: object) -> str:
    outcome = (event.after or {}).get("outcome")
    if not outcome:
        return _("{actor} resolved a comment.").format(actor=actor)
    return _('{actor} resolved a comment: "{outcome}".').format(actor=actor, outcome=_short(outcome))


def _covered(event: Event, _names: Mapping[str, str], actor: object) -> str:
    number = len((event.after or {}).get("sentences", []))
    return ngettext(
        '{actor} marked {number} sentence "nothing to check".',
        '{actor} marked {number} sentences "nothing to check".',
        number,
    ).format(actor=actor, number=number)


def _uncovered(event: Event, _names: Mapping[str, str], actor: object) -> str:
    number = len((event.before or {}).get("sentences", []))
    return ngettext(
        "{actor} made {number} sentence unseen again.", "{actor} made {number} sentences unseen again.", number
    ).format(actor=actor, number=number)


def _revised(event: Event, _names: Mapping[str, str], actor: object) -> str:
    number = (event.after or {}).get("revision")
    return _("{actor} brought in new copy as revision {number}.").format(actor=actor, number=number)


def _carried(event: Event, _names: Mapping[str, str], actor: object) -> str:
    after = event.after or {}
    return _(CARRIED[after["outcome"]]).format(actor=actor, number=after["number"])


def _placed(event: Event, _names: Mapping[str, str], actor: object) -> str:
    return _(PLACED[(event.after or {})["decision"]]).format(actor=actor)


SPECIAL: Final[Mapping[str, Callable[[Event, Mapping[str, str], object], str]]] = {
    "propose": _proposed,
    "decide": _decided,
    "assign": _assigned,
    "comment": _commented,
    "resolve": _resolved,
    "cover": _covered,
    "uncover": _uncovered,
    "revise": _revised,
    "carry": _carried,
    "place": _placed,
}


def _changes(event: Event, names: Mapping[str, str]) -> list[Change]:
    before, after = event.before or {}, event.after or {}
    if not event.before or not event.after:
        return []
    found: list[Change] = [
        (_(label), _told(before[name], names), _told(after[name], names))
        for name, label in FIELDS.items()
        if name in before and name in after and before[name] != after[name]
    ]
    was, now = (f"{each.get('start')}–{each.get('end')}" for each in (before, after))
    return found if was == now else [(_("Characters"), was, now), *found]


def _told(value: Any, names: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_told(each, names) for each in value) or _("nothing")
    if isinstance(value, dict):
        name = next((value[key] for key in ("source", "title", "url", "term", "kind") if value.get(key)), "")
        words = _(LINKED[name]) if name in LINKED else names.get(name, name)
        return f"{words}: {value['rationale']}" if value.get("rationale") else words
    if value in (None, ""):
        return _("nothing")
    label = LABELS.get(str(value))
    return _(label) if label else names.get(str(value), str(value))


def _names(events: Iterable[Event]) -> dict[str, str]:
    """Names of the people and terms that the events mention by id or key."""
    states = [state for event in events for state in (event.before, event.after) if state]
    people = {state["assignee"] for state in states if state.get("assignee")}
    keys = {key for state in states for key in state.get("terms") or []}
    keys |= {row["term"] for state in states for row in state.get("verdicts") or []}
    desks = {event.desk_id for event in events}
    found = {row.key: row.name for row in Term.objects.filter(desk__in=desks, key__in=keys)} if keys else {}
    return found | {str(user.pk): str(user) for user in User.objects.filter(pk__in=people)}


def _short(words: str) -> str:
    return words if len(words) <= 120 else f"{words[:119]}…"
