"""The search field and its filters. A value that is no choice is left out of the search."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from annotations.core.states import ANNOTATION_STATE_LABELS, ARTICLE_STATE_LABELS
from annotations.models import Desk
from annotations.models.search import FoundKind
from annotations.web.forms.base import DeskSelect, Form, offer_desks
from annotations.web.lazy import _

LONGEST = 500
KINDS = [("", _("Everything")), *(pair for pair in FoundKind.choices if pair[0] != FoundKind.OLDER_TEXT)]


class FindForm(Form):
    """What to look for, and where."""

    slug: ClassVar[str] = "find"

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=LONGEST,
        strip=True,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _('Words, or a "phrase in quotes"')}),
    )
    desk = forms.ChoiceField(label=_("Desk"), required=False, widget=DeskSelect)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=KINDS)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All states")),
            (_("Annotations"), [(state.value, _(label)) for state, label in ANNOTATION_STATE_LABELS.items()]),
            (_("Articles"), [(state.value, _(label)) for state, label in ARTICLE_STATE_LABELS.items()]),
        ],
    )
    article = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, desks: Sequence[Desk], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_desks(self.fields["desk"], desks, blank=_("All desks"))

    def chosen(self, name: str) -> Any:
        """The value of a field; nothing when it is no choice."""
        self.is_valid()
        return self.cleaned_data.get(name) or ""
