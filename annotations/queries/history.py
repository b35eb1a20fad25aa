"""The history in sentences: what each recorded action says, and what it changed, in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet

from annotations.core.moves import ANNOTATION_MOVES, ARTICLE_MOVES
from annotations.core.states import ANNOTATION_STATE_LABELS, ARTICLE_STATE_LABELS, ROLE_LABELS, annotation_word
from annotations.core.wording import _, gettext_noop, ngettext
from annotations.models import Event, Term, User

# Tables are in English; what is taken from them is translated when it is said.
LABELS: Final[dict[str, str]] = {
    **{str(key): label for key, label in ARTICLE_STATE_LABELS.items()},
    **{str(key): label for key, label in ANNOTATION_STATE_LABELS.items()},
    **{str(key): label for key, label in ROLE_LABELS.items()},
}
PASTS: Final = {
    **{action: move.words.past for (state, action), move in ARTICLE_MOVES.items()},
    **{action: move.words.past for (state, action), move in ANNOTATION_MOVES.items()},
}
PLAIN: Final = {
    "create": gettext_noop("annotated this"),
    "edit": gettext_noop("changed it"),
    "undo": gettext_noop("undid the last change"),
    "unplace": gettext_noop("took the decision about its place back"),
    "release": gettext_noop("gave it back to the pool, because nobody touched it for long"),
    "import": gettext_noop("brought the article in"),
    "add_evidence": gettext_noop("added evidence"),
    "retire_evidence": gettext_noop("retired evidence"),
    "add_attribution": gettext_noop("added a source"),
    "retire_attribution": gettext_noop("retired a source"),
    "add_link": gettext_noop("linked it to another annotation"),
    "retire_link": gettext_noop("removed a link"),
    "keep_identity": gettext_noop("kept the confidential identity of a source"),
    "read_identity": gettext_noop("read the confidential identity of a source"),
    "set_policies": gettext_noop("changed the policies of the desk"),
    "add_term": gettext_noop("added a term to a vocabulary"),
    "reword_term": gettext_noop("reworded a term"),
    "move_term": gettext_noop("changed the order of a vocabulary"),
    "retire_term": gettext_noop("retired a term"),
    "bring_back_term": gettext_noop("brought a retired term back"),
    "undo_terms": gettext_noop("undid the last change of a vocabulary"),
    "set_roles": gettext_noop("changed the roles of a member"),
    "add_webhook": gettext_noop("added a webhook"),
    "pause_webhook": gettext_noop("paused a webhook"),
    "resume_webhook": gettext_noop("resumed a webhook"),
    "replay_delivery": gettext_noop("sent an event to a webhook again"),
    "share_filter": gettext_noop("shared a filter with the desk"),
    "change_filter": gettext_noop("changed a filter of the desk"),
    "delete_filter": gettext_noop("deleted a filter of the desk"),
    "restore_filter": gettext_noop("brought a filter of the desk back"),
    "set_fetch_hosts": gettext_noop("changed the hosts that may be fetched"),
}
CARRIED: Final = {
    "unchanged": gettext_noop("carried it over to revision {number}: nothing around it changed"),
    "moved": gettext_noop("carried it over to revision {number}: the same words stand elsewhere"),
    "changed": gettext_noop("brought in revision {number}, which changes its words: it needs a recheck"),
    "gone": gettext_noop("brought in revision {number}, in which its words were not found: it needs a recheck"),
}
PLACED: Final = {
    "accepted": gettext_noop("accepted its suggested place in the new text"),
    "corrected": gettext_noop("marked its place in the new text"),
    "rejected": gettext_noop("found no place for it in the new text"),
}
COMMENTED: Final = {
    (False, False): gettext_noop('commented: "{text}"'),
    (False, True): gettext_noop('commented: "{text}", which holds back a proposal'),
    (True, False): gettext_noop('asked the reporter: "{text}"'),
    (True, True): gettext_noop('asked the reporter: "{text}", which holds back a proposal'),
}
"""By whether it is a question, and whether it is blocking."""
FIELDS: Final = {
    "exact": gettext_noop("Quote"),
    "claim": gettext_noop("Claim"),
    "note": gettext_noop("Note"),
    "state": gettext_noop("State"),
    "assignee": gettext_noop("Assigned to"),
    "terms": gettext_noop("Labels"),
    "attributions": gettext_noop("Who says it"),
    "evidence": gettext_noop("Evidence"),
    "links": gettext_noop("Links"),
    "verdicts": gettext_noop("Verdict"),
    "title": gettext_noop("Title"),
    "byline": gettext_noop("Byline"),
    "outlet": gettext_noop("Outlet"),
    "canonical_url": gettext_noop("Address"),
    "published_at": gettext_noop("Published"),
    "language": gettext_noop("Language"),
    "approvals_needed": gettext_noop("Approvals needed"),
    "sources_needed": gettext_noop("Sources needed"),
    "unnamed_alone": gettext_noop("Unnamed sources alone"),
    "coverage_required": gettext_noop("Coverage required"),
    "idle_hours": gettext_noop("Idle hours"),
    "roles": gettext_noop("Roles"),
    "fetch_hosts": gettext_noop("Hosts"),
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
        known = PASTS.get(event.action) or PLAIN.get(event.action)
        said = _(known) if known else event.action.replace("_", " ")
    return _("{actor} {said}.").format(actor=event.actor or _("The system"), said=said)


def _proposed(event: Event, names: Mapping[str, str]) -> str:
    verdicts = (event.after or {}).get("verdicts") or []
    name = names.get(verdicts[0]["term"], verdicts[0]["term"]).lower() if verdicts else ""
    said = _(PASTS[event.action])
    return _("{said}: {what}").format(said=said, what=name) if name else said


def _decided(event: Event, _names: Mapping[str, str]) -> str:
    state = (event.after or {}).get("state", "")
    word = annotation_word(state) if state in ANNOTATION_STATE_LABELS else state
    return _("{said}: {what}").format(said=_(PASTS["decide"]), what=word)


def _assigned(event: Event, names: Mapping[str, str]) -> str:
    person = (event.after or {}).get("assignee")
    if not person:
        return _("gave it back to the pool")
    return _("assigned it to {person}").format(person=names.get(person, _("somebody")))


def _commented(event: Event, _names: Mapping[str, str]) -> str:
    after = event.after or {}
    return _(COMMENTED[after.get("kind") == "question", bool(after.get("blocking"))]).format(
        text=_short(after.get("text", ""))
    )


def _resolved(event: Event, _names: Mapping[str, str]) -> str:
    outcome = (event.after or {}).get("outcome")
    if not outcome:
        return _("resolved a comment")
    return _('resolved a comment: "{outcome}"').format(outcome=_short(outcome))


def _covered(event: Event, _names: Mapping[str, str]) -> str:
    number = len((event.after or {}).get("sentences", []))
    return ngettext(
        'marked {number} sentence "nothing to check"', 'marked {number} sentences "nothing to check"', number
    ).format(number=number)


def _uncovered(event: Event, _names: Mapping[str, str]) -> str:
    number = len((event.before or {}).get("sentences", []))
    return ngettext("made {number} sentence unseen again", "made {number} sentences unseen again", number).format(
        number=number
    )


def _revised(event: Event, _names: Mapping[str, str]) -> str:
    return _("brought in new copy as revision {number}").format(number=(event.after or {}).get("revision"))


def _carried(event: Event, _names: Mapping[str, str]) -> str:
    after = event.after or {}
    return _(CARRIED[after["outcome"]]).format(number=after["number"])


def _placed(event: Event, _names: Mapping[str, str]) -> str:
    return _(PLACED[(event.after or {})["decision"]])


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
        words = names.get(name, name)
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
    return words if len(words) <= 120 else words[:117] + "..."
