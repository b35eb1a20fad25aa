"""The history in sentences: what each recorded action says, and what it changed, in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet

from annotations.core.moves import ANNOTATION_MOVES, ARTICLE_MOVES
from annotations.core.states import ANNOTATION_STATE_LABELS, ARTICLE_STATE_LABELS, ROLE_LABELS
from annotations.models import Event, Term, User

LABELS: Final[dict[str, str]] = {
    **{str(key): label for key, label in ARTICLE_STATE_LABELS.items()},
    **{str(key): label for key, label in ANNOTATION_STATE_LABELS.items()},
    **{str(key): label for key, label in ROLE_LABELS.items()},
}
PASTS: Final = {
    **{action: move.past for (_, action), move in ARTICLE_MOVES.items()},
    **{action: move.past for (_, action), move in ANNOTATION_MOVES.items()},
}
PLAIN: Final = {
    "create": "annotated this",
    "edit": "changed it",
    "undo": "undid the last change",
    "unplace": "took the decision about its place back",
    "release": "gave it back to the pool, because nobody touched it for long",
    "import": "brought the article in",
    "add_evidence": "added evidence",
    "retire_evidence": "retired evidence",
    "add_attribution": "added a source",
    "retire_attribution": "retired a source",
    "add_link": "linked it to another annotation",
    "retire_link": "removed a link",
    "keep_identity": "kept the confidential identity of a source",
    "read_identity": "read the confidential identity of a source",
    "set_policies": "changed the policies of the desk",
    "add_term": "added a term to a vocabulary",
    "reword_term": "reworded a term",
    "move_term": "changed the order of a vocabulary",
    "retire_term": "retired a term",
    "bring_back_term": "brought a retired term back",
    "undo_terms": "undid the last change of a vocabulary",
    "set_roles": "changed the roles of a member",
    "add_webhook": "added a webhook",
    "pause_webhook": "paused a webhook",
    "resume_webhook": "resumed a webhook",
    "replay_delivery": "sent an event to a webhook again",
    "share_filter": "shared a filter with the desk",
    "change_filter": "changed a filter of the desk",
    "delete_filter": "deleted a filter of the desk",
    "restore_filter": "brought a filter of the desk back",
    "set_fetch_hosts": "changed the hosts that may be fetched",
}
CARRIED: Final = {
    "unchanged": "carried it over to revision {number}: nothing around it changed",
    "moved": "carried it over to revision {number}: the same words stand elsewhere",
    "changed": "brought in revision {number}, which changes its words: it needs a recheck",
    "gone": "brought in revision {number}, in which its words were not found: it needs a recheck",
}
PLACED: Final = {
    "accepted": "accepted its suggested place in the new text",
    "corrected": "marked its place in the new text",
    "rejected": "found no place for it in the new text",
}
FIELDS: Final = {
    "exact": "Quote",
    "claim": "Claim",
    "note": "Note",
    "state": "State",
    "assignee": "Assigned to",
    "terms": "Labels",
    "attributions": "Who says it",
    "evidence": "Evidence",
    "links": "Links",
    "verdicts": "Verdict",
    "title": "Title",
    "byline": "Byline",
    "outlet": "Outlet",
    "canonical_url": "Address",
    "published_at": "Published",
    "language": "Language",
    "approvals_needed": "Approvals needed",
    "sources_needed": "Sources needed",
    "unnamed_alone": "Unnamed sources alone",
    "coverage_required": "Coverage required",
    "idle_hours": "Idle hours",
    "roles": "Roles",
    "fetch_hosts": "Hosts",
}
Change = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """One event as people read it. `changes`: (field, before, after) of what differs, in words."""

    event: Event
    sentence: str
    changes: list[Change]


def told_events(events: QuerySet[Event]) -> list[Told]:
    """The events, newest first, in three queries however many they are."""
    rows = list(events.select_related("actor", "annotation").order_by("-id"))
    names = _names(rows)
    return [Told(row, sentence_of(row, names), _changes(row, names)) for row in rows]


def has_sentence(action: str) -> bool:
    return action in PLAIN or action in SPECIAL or action in PASTS


def sentence_of(event: Event, names: Mapping[str, str]) -> str:
    """ "Ana proposed the verdict: accurate." `names` maps term keys and ids of people to their names."""
    if event.action in SPECIAL:
        said = SPECIAL[event.action](event, names)
    else:
        said = PASTS.get(event.action) or PLAIN.get(event.action) or event.action.replace("_", " ")
    return f"{event.actor or 'The system'} {said}."


def _proposed(event: Event, names: Mapping[str, str]) -> str:
    verdicts = (event.after or {}).get("verdicts") or []
    name = names.get(verdicts[0]["term"], verdicts[0]["term"]).lower() if verdicts else ""
    return f"{PASTS[event.action]}: {name}" if name else PASTS[event.action]


def _decided(event: Event, _names: Mapping[str, str]) -> str:
    state = (event.after or {}).get("state", "")
    return f"{PASTS['decide']}: {LABELS.get(state, state).lower()}"


def _assigned(event: Event, names: Mapping[str, str]) -> str:
    person = (event.after or {}).get("assignee")
    return f"assigned it to {names.get(person, 'somebody')}" if person else "gave it back to the pool"


def _commented(event: Event, _names: Mapping[str, str]) -> str:
    after = event.after or {}
    verb = "asked the reporter" if after.get("kind") == "question" else "commented"
    held = ", which holds back a proposal" if after.get("blocking") else ""
    return f'{verb}: "{_short(after.get("text", ""))}"{held}'


def _resolved(event: Event, _names: Mapping[str, str]) -> str:
    outcome = (event.after or {}).get("outcome")
    return f'resolved a comment: "{_short(outcome)}"' if outcome else "resolved a comment"


def _covered(event: Event, _names: Mapping[str, str]) -> str:
    number = len((event.after or {}).get("sentences", []))
    return f'marked {number} {"sentence" if number == 1 else "sentences"} "nothing to check"'


def _uncovered(event: Event, _names: Mapping[str, str]) -> str:
    number = len((event.before or {}).get("sentences", []))
    return f"made {number} {'sentence' if number == 1 else 'sentences'} unseen again"


def _revised(event: Event, _names: Mapping[str, str]) -> str:
    return f"brought in new copy as revision {(event.after or {}).get('revision')}"


def _carried(event: Event, _names: Mapping[str, str]) -> str:
    after = event.after or {}
    return CARRIED[after["outcome"]].format(number=after["number"])


def _placed(event: Event, _names: Mapping[str, str]) -> str:
    return PLACED[(event.after or {})["decision"]]


SPECIAL: Final[Mapping[str, Callable[[Event, Mapping[str, str]], str]]] = {
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
    found = [
        (label, _told(before[name], names), _told(after[name], names))
        for name, label in FIELDS.items()
        if name in before and name in after and before[name] != after[name]
    ]
    was, now = (f"{each.get('start')}–{each.get('end')}" for each in (before, after))
    return found if was == now else [("Characters", was, now), *found]


def _told(value: Any, names: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_told(each, names) for each in value) or "nothing"
    if isinstance(value, dict):
        name = next((value[key] for key in ("source", "title", "url", "term", "kind") if value.get(key)), "")
        words = names.get(name, name)
        return f"{words}: {value['rationale']}" if value.get("rationale") else words
    return LABELS.get(str(value), names.get(str(value), str(value))) if value not in (None, "") else "nothing"


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
    return words if len(words) <= 120 else words[:117] + "..."
