"""The words of the history, in English: what each action did, and what the fields are called. history.py says them."""

from typing import Final

from annotations.core.wording import gettext_noop

LINKED: Final = {
    "same_fact": gettext_noop("the same fact"),
    "contradicts": gettext_noop("a contradiction"),
    "depends_on": gettext_noop("a dependence"),
}
PLAIN: Final = {
    "create": gettext_noop("{actor} annotated this."),
    "edit": gettext_noop("{actor} changed it."),
    "undo": gettext_noop("{actor} undid the last change."),
    "unplace": gettext_noop("{actor} took the decision about its place back."),
    "release": gettext_noop("{actor} gave it back to the pool, because nobody touched it for long."),
    "import": gettext_noop("{actor} brought the article in."),
    "add_evidence": gettext_noop("{actor} added evidence."),
    "retire_evidence": gettext_noop("{actor} retired evidence."),
    "add_attribution": gettext_noop("{actor} added a source."),
    "retire_attribution": gettext_noop("{actor} retired a source."),
    "add_link": gettext_noop("{actor} linked it to another annotation."),
    "retire_link": gettext_noop("{actor} removed a link."),
    "keep_identity": gettext_noop("{actor} kept the confidential identity of a source."),
    "read_identity": gettext_noop("{actor} read the confidential identity of a source."),
    "describe": gettext_noop("{actor} changed the name or the language of the desk."),
    "set_policies": gettext_noop("{actor} changed the policies of the desk."),
    "add_term": gettext_noop("{actor} added a term to a vocabulary."),
    "reword_term": gettext_noop("{actor} reworded a term."),
    "move_term": gettext_noop("{actor} changed the order of a vocabulary."),
    "retire_term": gettext_noop("{actor} retired a term."),
    "bring_back_term": gettext_noop("{actor} brought a retired term back."),
    "undo_terms": gettext_noop("{actor} undid the last change of a vocabulary."),
    "set_roles": gettext_noop("{actor} changed the roles of a member."),
    "add_webhook": gettext_noop("{actor} added a webhook."),
    "pause_webhook": gettext_noop("{actor} paused a webhook."),
    "resume_webhook": gettext_noop("{actor} resumed a webhook."),
    "replay_delivery": gettext_noop("{actor} sent an event to a webhook again."),
    "share_filter": gettext_noop("{actor} shared a filter with the desk."),
    "change_filter": gettext_noop("{actor} changed a filter of the desk."),
    "delete_filter": gettext_noop("{actor} deleted a filter of the desk."),
    "restore_filter": gettext_noop("{actor} brought a filter of the desk back."),
    "set_fetch_hosts": gettext_noop("{actor} changed the hosts that may be fetched."),
}
CARRIED: Final = {
    "unchanged": gettext_noop("{actor} carried it over to revision {number}: nothing around it changed."),
    "moved": gettext_noop("{actor} carried it over to revision {number}: the same words stand elsewhere."),
    "changed": gettext_noop("{actor} brought in revision {number}, which changes its words: it needs a recheck."),
    "gone": gettext_noop(
        "{actor} brought in revision {number}, in which its words were not found: it needs a recheck."
    ),
}
DECIDED: Final = {
    "signed_off": gettext_noop("{actor} decided the dispute: the annotation is signed off."),
    "returned": gettext_noop("{actor} decided the dispute: the annotation is returned."),
}
"""By the state that the decision leads to."""
PLACED: Final = {
    "accepted": gettext_noop("{actor} accepted its suggested place in the new text."),
    "corrected": gettext_noop("{actor} marked its place in the new text."),
    "rejected": gettext_noop("{actor} found no place for it in the new text."),
}
COMMENTED: Final = {
    (False, False): gettext_noop('{actor} commented: "{text}"'),
    (False, True): gettext_noop('{actor} commented: "{text}", which holds back a proposal.'),
    (True, False): gettext_noop('{actor} asked the reporter: "{text}".'),
    (True, True): gettext_noop('{actor} asked the reporter: "{text}", which holds back a proposal.'),
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
    "name": gettext_noop("Name"),
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
