"""Forms of the review: a move, an assignment, a question's outcome, a confidential identity."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms

from annotations.core.moves import Move
from annotations.core.states import ANNOTATION_STATE_LABELS, AnnotationState
from annotations.models import User
from annotations.web.forms.base import FIRST, Form, dress, line, prose
from annotations.web.lazy import _


class MoveForm(Form):
    """A move: the version that was seen, and what the move asks for; a word to type before one that nothing undoes."""

    slug: ClassVar[str] = "move"

    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, move: Move, is_final: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(move.to) > 1:
            choices = [(state, _(ANNOTATION_STATE_LABELS[AnnotationState(state)])) for state in move.to]
            self.fields["to"] = forms.ChoiceField(label=_("Leads to"), choices=choices, widget=forms.RadioSelect)
        if move.needs_reason:
            self.fields["reason"] = prose(
                _("Reason"), rows=3, required=True, help_text=_("Everybody on the desk can read it."), attrs=FIRST
            )

        if is_final:
            told = _("This cannot be undone. Type “%(word)s” to go on.") % {"word": move.label}
            self.fields["typed"] = line(told, max_length=100, required=True, attrs={"spellcheck": "false"})
        self.word = move.label

    def clean_typed(self) -> str:
        typed: str = self.cleaned_data["typed"]
        if typed.strip().casefold() != self.word.casefold():
            raise forms.ValidationError(_("This is not “%(word)s”. Nothing was changed.") % {"word": self.word})
        return typed

    @property
    def words(self) -> dict[str, str]:
        """Reason and outcome, as far as they were asked for."""
        return {name: self.cleaned_data[name] for name in ("reason", "to") if name in self.fields}


class AssignForm(Form):
    """Who works on an annotation."""

    slug: ClassVar[str] = "assign"

    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Nobody")), *((each.username, str(each)) for each in people)]
        self.fields["username"] = forms.ChoiceField(label=_("Assigned to"), choices=choices, required=False)
        dress(self.fields["username"])


class OutcomeForm(Form):
    """What came of a comment; a question needs it."""

    slug: ClassVar[str] = "outcome"

    outcome = prose(_("Outcome"))


class IdentityForm(Form):
    """Who an unnamed source is, and who besides the keeper may read it."""

    slug: ClassVar[str] = "identity"

    content = prose(_("Who the source is"), rows=3, required=True, attrs=FIRST | {"autocomplete": "off"})

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["readers"] = forms.MultipleChoiceField(
            label=_("Who may read it besides you"),
            required=False,
            choices=[(each.username, str(each)) for each in people],
            widget=forms.CheckboxSelectMultiple,
        )
