"""Forms for what hangs on an annotation: evidence, attributions, links, comments."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, Final

from django import forms

from annotations.core.decisions import CommentKind
from annotations.core.drafts import AttributionDraft, EvidenceDraft, Stance, Tier
from annotations.models import Term
from annotations.templatetags.words import LINKS, STANCES, TIERS
from annotations.web.forms.base import (
    FIRST,
    Choice,
    Form,
    address,
    day,
    dress,
    hidden_id,
    line,
    moment_in_utc,
    one_of,
    prose,
)
from annotations.web.lazy import _

SOURCE_AXES: Final = ("identification", "channel", "distance")
AXES: Final = {
    "origin": _("Origin"),
    "identification": _("Identification"),
    "channel": _("Channel"),
    "distance": _("Distance"),
}


def named(names: Mapping[Any, str]) -> list[Choice]:
    """The choices of a table, each named in the reader's language."""
    return [(str(key), _(name)) for key, name in names.items()]


def stance_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Stance"), choices=named(STANCES), initial=Stance.CONTEXT)


def tier_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Tier"), choices=named(TIERS), initial=Tier.SECONDARY)


EVIDENCE_FIELDS: Final[dict[str, Callable[[], forms.Field]]] = {
    "url": lambda: address(_("Address")),
    "title": lambda: line(_("Title"), max_length=500),
    "publisher": lambda: line(_("Publisher"), max_length=300),
    "retrieved_at": lambda: moment_in_utc(_("Retrieved (UTC)")),
    "quote": lambda: prose(_("Quoted passage")),
    "locator": lambda: line(_("Where in it"), max_length=300, placeholder=_("Page, minute, table")),
    "stance": stance_field,
    "tier": tier_field,
}


def evidence_draft(data: dict[str, Any]) -> EvidenceDraft:
    return EvidenceDraft(**{name: data[name] for name in EVIDENCE_FIELDS}, file=data.get("file"))


class EvidenceForm(Form):
    """One piece of evidence: an address, a file, or both."""

    slug: ClassVar[str] = "evidence"
    evidence_prefix: ClassVar[str] = ""

    id = hidden_id()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, made in EVIDENCE_FIELDS.items():
            self.fields[name] = made()
        self.fields["upload"] = forms.FileField(label=_("File"), required=False)
        self.fields["url"].widget.attrs["data-first"] = ""
        for each in self.fields.values():
            dress(each)

    def draft(self) -> EvidenceDraft:
        upload = self.cleaned_data["upload"]
        file = (upload.name, upload.content_type or "", upload.read()) if upload else None
        return evidence_draft(self.cleaned_data | {"file": file})


class FactsForm(forms.Form):
    """The fields of a piece of evidence that its page fills in, as they stand in another form.

    `asking`: that form, a key of ASKING.
    """

    def __init__(self, data: Any, *, asking: str) -> None:
        self.before = ASKING[asking]
        super().__init__(data, auto_id=f"{asking}-%s", label_suffix="")
        for name in ("url", *FACTS):
            self.fields[name] = EVIDENCE_FIELDS[name]()
            dress(self.fields[name])

    def add_prefix(self, field_name: str) -> str:
        return f"{self.before}{field_name}"

    def filled(self, **facts: Any) -> "FactsForm":
        """With what is known put where nothing was typed."""
        self.data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict, of which forms know only the shape
        for name, value in facts.items():
            if not self.data.get(self.add_prefix(name), "").strip():
                self.data[self.add_prefix(name)] = value  # type: ignore[index]
        return self


ASKING: Final = {"new": "evidence_", "quote": "evidence_", "evidence": ""}
"""Forms with evidence in them, by slug: what the names of its fields begin with."""
FACTS: Final = ("title", "publisher", "retrieved_at")


class AttributionForm(Form):
    """Who says it, and how the article knows."""

    slug: ClassVar[str] = "attribution"

    id = hidden_id()
    source = line(_("Who says it"), max_length=500, required=True, attrs=FIRST)

    def __init__(self, *args: Any, terms: Iterable[Term], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(terms)
        for axis in AXES:
            chosen = [term for term in rows if term.vocabulary.key == axis]
            self.fields[axis] = one_of(AXES[axis], chosen, blank=_("Not said"))
        for field in self.fields.values():
            dress(field)

    def draft(self) -> AttributionDraft:
        data = self.cleaned_data
        axes = {axis: data[axis] for axis in AXES}
        return AttributionDraft(source=data["source"], **axes)


class LinkForm(Form):
    """A tie to another annotation of the desk, named by its address or id."""

    slug: ClassVar[str] = "link"

    kind = forms.ChoiceField(label=_("This annotation"), choices=named(LINKS))
    target = forms.RegexField(
        r"(?s).*?([0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})/?\s*$",
        label=_("The other annotation"),
        help_text=_("Its address, copied from its page."),
        error_messages={"invalid": _("Paste the address of an annotation's page.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-first": ""}),
    )

    def clean_target(self) -> str:
        """The id at the end of the address."""
        return str(self.cleaned_data["target"]).strip().rstrip("/").rsplit("/", 1)[-1]


class CommentForm(Form):
    """A remark on an annotation, or a reply to one."""

    slug: ClassVar[str] = "comment"

    id = hidden_id()
    parent = hidden_id()
    text = prose(_("Comment"), required=True, help_text=_("Write @ and a user name to tell somebody on the desk."))
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[(CommentKind.REMARK, _("Remark")), (CommentKind.QUESTION, _("Question to the reporter"))],
    )
    due = day(_("Answer due"), help_text=_("For questions only."))
    blocking = forms.BooleanField(label=_("Holds back a proposal until it is resolved"), required=False)
