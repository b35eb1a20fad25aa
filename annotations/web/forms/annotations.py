"""Forms that make and change an annotation: beside a selection, by quoting, editing, moving its ends, withdrawing."""

import re
from collections import defaultdict
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from annotations.core.drafts import (
    AnnotationChanges,
    AnnotationDraft,
    AttributionDraft,
    EvidenceDraft,
    PlaceDraft,
)
from annotations.models import Annotation
from annotations.web.forms.base import FIRST, Form, dress, hidden_id, hidden_number, line, one_of, prose
from annotations.web.forms.labels import ORIGIN, LabelForm
from annotations.web.forms.parts import EVIDENCE_FIELDS, SOURCE_AXES, evidence_draft
from annotations.web.lazy import _


class NewAnnotationForm(LabelForm):
    """A new annotation on a selection."""

    slug: ClassVar[str] = "new"
    evidence_prefix: ClassVar[str] = "evidence_"
    pointers: ClassVar[dict[str, str]] = {
        "/verdict/term": "verdict",
        "/verdict/rationale": "rationale",
        "/verdict/as_of": "as_of",
        "/attributions/source": "source",
        **{f"/evidence/{name}": f"evidence_{name}" for name in EVIDENCE_FIELDS},
        **{f"/{name}": f"evidence_{name}" for name in EVIDENCE_FIELDS},
    }

    id = hidden_id()
    revision = hidden_id()
    start = hidden_number()
    end = hidden_number()
    exact = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    source = line(_("Who says it"), max_length=500, help_text=_("A name, or a description where nobody is named."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for axis in SOURCE_AXES:
            self.fields[axis] = one_of(
                self.axis_names.get(axis, axis.capitalize()), self.axes[axis], blank=_("Not said")
            )
        for name, made in EVIDENCE_FIELDS.items():
            self.fields[f"evidence_{name}"] = made()
        for field in self.fields.values():
            dress(field)

    @property
    def source_fields(self) -> list[forms.BoundField]:
        return [self[axis] for axis in SOURCE_AXES]

    @property
    def source_has_errors(self) -> bool:
        return any(field.errors for field in (self["source"], *self.source_fields))

    @property
    def evidence_fields(self) -> list[forms.BoundField]:
        return [self[f"evidence_{name}"] for name in EVIDENCE_FIELDS]

    @property
    def evidence_has_errors(self) -> bool:
        return any(field.errors for field in self.evidence_fields)

    @property
    def place(self) -> PlaceDraft:
        data = self.cleaned_data
        return PlaceDraft(start=data["start"], end=data["end"], exact=data["exact"] or None)

    def draft(self) -> AnnotationDraft:
        data = self.cleaned_data
        return AnnotationDraft(
            id=data["id"],
            revision=data["revision"],
            place=self.place,
            claim=data["claim"],
            note=data["note"],
            terms=self.term_keys,
            attributions=self._attributions(),
            evidence=self._evidence(),
            verdict=self.verdict_draft,
            assignee=data["assignee"] or None,
        )

    def _attributions(self) -> list[AttributionDraft]:
        """The origin is chosen once: it labels the annotation and belongs to its attribution."""
        axes = {axis: self.cleaned_data[axis] for axis in SOURCE_AXES}
        source = self.cleaned_data["source"]
        if not source.strip() and not any(axes.values()):
            return []
        return [AttributionDraft(source=source, origin=self.cleaned_data[ORIGIN], **axes)]

    def _evidence(self) -> list[EvidenceDraft]:
        data = {name: self.cleaned_data[f"evidence_{name}"] for name in EVIDENCE_FIELDS}
        typed = ("url", "title", "publisher", "quote", "locator")
        return [evidence_draft(data)] if any(data[name].strip() for name in typed) else []


class QuoteForm(NewAnnotationForm):
    """A new annotation found by its words: works without a mouse and without JavaScript."""

    slug: ClassVar[str] = "quote"

    exact = prose(
        _("Words of the article"),
        rows=3,
        required=True,
        help_text=_("Copied exactly, spaces and quotation marks included."),
    )
    occurrence = forms.IntegerField(
        label=_("Which of them"),
        required=False,
        min_value=1,
        help_text=_("Only when the words stand in the article more than once: 1 is the first."),
        widget=forms.NumberInput(attrs={"min": 1}),
    )

    @property
    def place(self) -> PlaceDraft:
        return PlaceDraft(exact=self.cleaned_data["exact"], occurrence=self.cleaned_data["occurrence"])


class EditAnnotationForm(LabelForm):
    """Claim, labels, verdict, note and assignee of an existing annotation."""

    slug: ClassVar[str] = "edit"
    pointers: ClassVar[dict[str, str]] = NewAnnotationForm.pointers

    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def changes(self) -> AnnotationChanges:
        data = self.cleaned_data
        return AnnotationChanges(
            claim=data["claim"],
            note=data["note"],
            terms=self.term_keys,
            verdict=self.verdict_draft,
            clear_verdict=not data["verdict"],
            assignee=data["assignee"] or None,
            unassign=not data["assignee"],
        )


def initial_of(annotation: Annotation) -> dict[str, Any]:
    """What the edit form shows at first. Wants the annotation with its labels and verdicts read."""
    labels = [label.term for label in annotation.labels.all()]
    chosen: dict[str, Any] = defaultdict(list)
    for term in labels:
        chosen[f"labels_{term.vocabulary.key}"].append(term.key)
    verdict = next((row for row in annotation.verdicts.all() if row.retired_at is None), None)
    return chosen | {
        "seen_version": annotation.version,
        "claim": annotation.claim,
        "note": annotation.note,
        "assignee": annotation.assignee.username if annotation.assignee else "",
        ORIGIN: next((term.key for term in labels if term.vocabulary.key == ORIGIN), ""),
        "verdict": verdict.term.key if verdict else "",
        "rationale": verdict.rationale if verdict else "",
        "as_of": verdict.as_of if verdict else None,
    }


class RangeForm(Form):
    """The two ends of an annotation, in code points of the revision's text, end exclusive.

    `parts` ("3-9 12-20") are those of a discontinuous annotation, and count only while they span from start to end.
    """

    slug: ClassVar[str] = "range"

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    parts = forms.RegexField(r"^\d+-\d+( \d+-\d+)*$", required=False, widget=forms.HiddenInput)
    start = forms.IntegerField(label=_("Start"), min_value=0)
    end = forms.IntegerField(label=_("End"), min_value=1)

    def changes(self) -> AnnotationChanges:
        start, end = self.cleaned_data["start"], self.cleaned_data["end"]
        parts = pairs_in(self.cleaned_data["parts"])
        spans = len(parts) > 1 and (parts[0][0], parts[-1][1]) == (start, end)
        return AnnotationChanges(place=PlaceDraft(start=start, end=end, fragments=parts if spans else ()))


def pairs_in(words: str) -> list[tuple[int, int]]:
    """ "3-9 12-20" as [(3, 9), (12, 20)]."""
    return [(int(start), int(end)) for start, end in (pair.split("-") for pair in words.split())]


def with_ends(data: QueryDict | None) -> QueryDict | None:
    """What the handles in the text send has parts alone: their ends are those of the range."""
    ends = re.findall(r"\d+", data.get("parts", "")) if data is not None and "start" not in data else []
    if data is None or not ends:
        return data
    filled = data.copy()
    filled["start"], filled["end"] = ends[0], ends[-1]
    return filled


class WithdrawForm(Form):
    """Why an annotation is taken out."""

    slug: ClassVar[str] = "withdraw"

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    reason = prose(
        _("Reason"), required=True, help_text=_("Stays in the history for everybody on the desk."), attrs=FIRST
    )


class VersionForm(Form):
    """A button that changes what was seen in one version."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
