"""Claim, labels, verdict, note and assignee: the fields that making and editing an annotation share."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import forms

from annotations.core.drafts import VerdictDraft
from annotations.models import Term, User
from annotations.models.vocabulary import VERDICT_SCALE
from annotations.templatetags.words import in_language_of
from annotations.web.forms.base import FIRST, Form, day, dress, one_of, prose, some_of
from annotations.web.forms.parts import SOURCE_AXES
from annotations.web.lazy import _

ORIGIN = "origin"
DIGITS: Final = [str(digit) for digit in range(1, 10)]
SHORTCUTS: Final = DIGITS + [f"Shift+{digit}" for digit in DIGITS]


class LabelForm(Form):
    """Claim, labels by axis, verdict and note: what making and editing have in common.

    Every vocabulary of the desk becomes a field: origin and the verdict scale a choice of one, the axes of an
    attribution are left to the forms that write one, all others a choice of several named `labels_<key>`.
    """

    claim = prose(
        _("Claim"),
        placeholder=_("The statement to check, in one sentence"),
        help_text=_("Leave it empty when the quoted words say it themselves."),
        attrs=FIRST,
    )
    rationale = prose(_("Rationale"), rows=3, placeholder=_("What the evidence shows, and why this verdict follows"))
    as_of = day(_("As of"), help_text=_("The day the verdict speaks for; today if left empty."))
    note = prose(_("Note to the desk"))
    assignee = forms.ChoiceField(label=_("Assigned to"), required=False)

    def __init__(self, *args: Any, terms: Iterable[Term], people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.axes: dict[str, list[Term]] = defaultdict(list)
        self.axis_names: dict[str, str] = {}
        for term in terms:
            self.axes[term.vocabulary.key].append(term)
            self.axis_names[term.vocabulary.key] = in_language_of(term.vocabulary.name, term.desk)
        self.fields[ORIGIN] = one_of(_("Origin"), self.axes[ORIGIN], blank=_("Not said"))
        self.fields["verdict"] = one_of(_("Verdict"), self.axes[VERDICT_SCALE], blank=_("No verdict yet"))
        for key in self.label_axes:
            self.fields[f"labels_{key}"] = some_of(self.axis_names[key], self.axes[key])
        self.fields["assignee"].choices = [("", _("Nobody")), *((each.username, str(each)) for each in people)]  # type: ignore[attr-defined]
        for field in self.fields.values():
            dress(field)

    @property
    def label_axes(self) -> list[str]:
        """The vocabularies whose terms are plain labels, several at a time."""
        return [key for key in self.axis_names if key not in {ORIGIN, VERDICT_SCALE, *SOURCE_AXES}]

    def give_keys(self) -> None:
        """The first labels get a key each, in the form's order: origins the digits, of which they may use up all nine,
        then those of all other axes what digits are left, and the same with Shift.

        Only where a script listens. Retired labels, which one annotation still carries, must not move the others.
        """
        current = [[term.key for term in self.axes[key] if not term.retired_at] for key in (ORIGIN, *self.label_axes)]
        labels = current[0][: len(DIGITS)] + sum(current[1:], [])
        keys = dict(zip(labels, SHORTCUTS, strict=False))
        for name in (ORIGIN, *(f"labels_{key}" for key in self.label_axes)):
            self.fields[name].widget.keys = keys

    @property
    def label_fields(self) -> list[forms.BoundField]:
        return [self[f"labels_{key}"] for key in self.label_axes]

    @property
    def verdict_open(self) -> bool:
        """Whether the folded part of the verdict has to be seen at once."""
        return any(self[name].errors or self[name].value() for name in ("rationale", "as_of"))

    @property
    def term_keys(self) -> list[str]:
        """The chosen labels of every axis, origin first."""
        chosen = [self.cleaned_data[ORIGIN]] if self.cleaned_data[ORIGIN] else []
        for key in self.label_axes:
            chosen += self.cleaned_data[f"labels_{key}"]
        return chosen

    @property
    def verdict_draft(self) -> VerdictDraft | None:
        data = self.cleaned_data
        return VerdictDraft(data["verdict"], data["rationale"], data["as_of"]) if data["verdict"] else None

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("rationale", "").strip() and not data.get("verdict"):
            self.add_error("verdict", _("Choose the verdict that this rationale explains."))
        return data
