"""Forms for several annotations at once: which are shown, and what shall be done with the chosen ones."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django import forms

from annotations.core.bulk import BulkAction, Chosen, Order
from annotations.core.colouring import NO_COLOUR
from annotations.core.palette import PALETTE
from annotations.core.saved_filters import NOBODY
from annotations.core.states import ANNOTATION_STATE_LABELS
from annotations.models import Desk, Term, User
from annotations.queries.several import Narrowing
from annotations.web.forms.base import DescribedTicks, DeskSelect, Form, offer_desks, one_of, prose
from annotations.web.lazy import _

LONGEST = 500
COLOURS = (*map(str, range(len(PALETTE))), NO_COLOUR)
STATES = [(state.value, _(label)) for state, label in ANNOTATION_STATE_LABELS.items()]


class NarrowForm(Form):
    """What annotations are narrowed by. A value that is no choice is left out."""

    slug: ClassVar[str] = "narrow"

    q = forms.CharField(
        label=_("Search"), required=False, max_length=LONGEST, widget=forms.TextInput(attrs={"type": "search"})
    )
    desk = forms.ChoiceField(label=_("Desk"), required=False, widget=DeskSelect)
    author = forms.ChoiceField(label=_("Author"), required=False)
    assignee = forms.ChoiceField(label=_("Assigned to"), required=False)
    state = forms.MultipleChoiceField(label=_("State"), required=False, choices=STATES, widget=DescribedTicks)
    article = forms.UUIDField(required=False, widget=forms.HiddenInput)
    colour = forms.MultipleChoiceField(
        required=False, choices=[(each, each) for each in COLOURS], widget=forms.MultipleHiddenInput
    )
    by = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, desks: Sequence[Desk], terms: Sequence[Term], people: Sequence[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        names = [(each.username, str(each)) for each in people]
        offer_desks(self.fields["desk"], desks, blank=_("All desks"))
        self.fields["author"].choices = [("", _("Everybody")), *names]  # type: ignore[attr-defined]
        self.fields["assignee"].choices = [("", _("Everybody")), (NOBODY, _("Nobody")), *names]  # type: ignore[attr-defined]
        self.fields["term"] = one_of(str(_("Label")), terms, blank=str(_("All labels")))
        self.fields["term"].widget.attrs["class"] = "input"

    @property
    def narrowing(self) -> Narrowing:
        self.is_valid()
        data = self.cleaned_data
        return Narrowing(
            article=data.get("article"),
            states=tuple(data.get("state") or ()),
            words=data.get("q") or "",
            colours=tuple(data.get("colour") or ()),
            by=data.get("by") or "",
            **{name: data.get(name) or "" for name in ("desk", "term", "author", "assignee")},
        )


class SeveralForm(Form):
    """What shall be done with the chosen annotations; each action's button stands beside what it needs."""

    slug: ClassVar[str] = "several"

    username = forms.ChoiceField(label=_("Person"), required=False)
    return_reason = prose(_("Reason"), help_text=_("Everybody on the desk can read it."))
    withdraw_reason = prose(_("Reason"), help_text=_("Stays in the history for everybody on the desk."))
    back = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, terms: Sequence[Term], people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].choices = [("", "—"), *((each.username, str(each)) for each in people)]  # type: ignore[attr-defined]
        self.fields["term"] = one_of(str(_("Label")), terms, blank="—")
        self.fields["term"].widget.attrs["class"] = "input"

    @property
    def action(self) -> BulkAction | None:
        """That of the button that was pressed."""
        pressed = str(self.data.get("action"))
        return BulkAction(pressed) if pressed in list(BulkAction) else None

    @property
    def pointers(self) -> dict[str, str]:
        return {"/reason": f"{self.action}_reason"}

    def order(self, action: BulkAction) -> Order:
        data = self.cleaned_data
        reason = data.get(f"{action}_reason", "")
        return Order(action, data.get("username", ""), data.get("term", ""), reason)


def chosen_in(data: Any) -> list[Chosen]:
    """The ticked annotations, each as "id:version"; what is nothing like that is left out."""
    found = []
    for value in data.getlist("chosen"):
        id, _colon, version = value.partition(":")
        try:
            found.append(Chosen(UUID(id), int(version)))
        except ValueError:
            continue
    return found
