"""What the scripts say to people: base.html hands it to static/js/page.js in the person's language."""

import json
from collections.abc import Callable
from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_noop

TEXTS = {
    "behind": gettext_noop("Waiting for the network. Everything is saved."),
    "closed": gettext_noop("Closed without saving."),
    "closed_with": gettext_noop("Closed without saving: {claim}"),
    "draft_back": gettext_noop("What you typed before is back."),
    "failed": gettext_noop("Not saved"),
    "here": gettext_noop("Selected: {quote}"),
    "kept": gettext_noop("Kept in this browser. It is sent when the network is back."),
    "keys_left": gettext_noop("Left keyboard selection."),
    "keys_on": gettext_noop("Selecting with the keyboard. Arrows move, Shift selects, Enter annotates, Escape leaves."),
    "labels_again": gettext_noop("Same labels as last time."),
    "link_copied": gettext_noop("Link copied."),
    "loading": gettext_noop("Loading more annotations."),
    "no_annotations": gettext_noop("No annotations."),
    "no_labels": gettext_noop("No labels to repeat."),
    "none_here": gettext_noop("No annotation here."),
    "none_left": gettext_noop("Nothing is left."),
    "of": gettext_noop("{number} of {count}. {quote}"),
    "picked": gettext_noop("Label set: {name}"),
    "refused": gettext_noop("A change that waited for the network was refused. What you typed is kept."),
    "saved": gettext_noop("Saved {time}"),
    "saving": gettext_noop("Saving"),
    "server_failed": gettext_noop("The server failed. Nothing was changed; try again in a moment."),
    "seen": gettext_noop("Every sentence is seen."),
    "select_any": gettext_noop("Select words or an annotation first."),
    "select_first": gettext_noop("Select words first."),
    "selected": gettext_noop("Selected: {quote}. Press A to annotate it."),
    "ticked": gettext_noop("Chosen: {count}, of these not in the list: {away}"),
    "turned": gettext_noop("Annotation {number} of {count} here. {name}"),
    "unpicked": gettext_noop("Label removed: {name}"),
    "unreachable": gettext_noop("The server cannot be reached. What you typed is still here; try again."),
    "unsaved": gettext_noop("Not saved yet: {claim}"),
    "unseen": gettext_noop("Unseen sentence {number} of {count}. {quote}"),
    "waiting": gettext_noop("Waiting for the network: {count}"),
}
"""Key -> text; `{name}` is filled in by the script. `say(key)` there finds it, tests/architecture compares the keys."""


def browser_texts() -> SafeString:
    """The element that holds all of them; no script, so that the content security policy has nothing to allow."""
    return _of_language(get_language())


@cache
def _of_language(_language: str | None) -> SafeString:
    """Thirty texts on every page, and hardly a language more than these pages have."""
    texts = {key: gettext(text) for key, text in TEXTS.items()}
    return format_html('<meta name="texts" id="texts" content="{}">', json.dumps(texts, ensure_ascii=False))


def context(_request: object) -> dict[str, Callable[[], SafeString]]:
    """For every template; what does not ask for it pays nothing."""
    return {"browser_texts": browser_texts}
