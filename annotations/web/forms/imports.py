"""The form that brings a file with annotations in."""

from typing import ClassVar

from django import forms

from annotations.formats.readers import READERS
from annotations.formats.units import Unit
from annotations.services.imports import Options
from annotations.web.forms.base import Form
from annotations.web.lazy import _

UNITS = (
    ("", _("Told by the quotes in the file")),
    (Unit.CODE_POINTS, _("Unicode code points (Python)")),
    (Unit.UTF16, _("UTF-16 units (Java, JavaScript)")),
    (Unit.UTF8, _("Bytes of UTF-8")),
)


class ImportForm(Form):
    """The file, its format, and what to do with what does not fit."""

    slug: ClassVar[str] = "import"

    format = forms.ChoiceField(label=_("Format"))
    file = forms.FileField(label=_("File"), help_text=_("Texts with their annotations."))
    unit = forms.ChoiceField(label=_("What offsets count"), choices=UNITS, required=False)
    keep_labels = forms.BooleanField(
        label=_("Put labels that are no terms of the desk into the note"),
        required=False,
        help_text=_("Without it, a document with such labels is refused."),
    )
    dry_run = forms.BooleanField(label=_("Only check the file, keep nothing"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["format"].choices = [(name, name) for name in READERS]  # type: ignore[attr-defined]

    @property
    def options(self) -> Options:
        data = self.cleaned_data
        return Options(
            unit=Unit(data["unit"]) if data["unit"] else None,
            keep_labels=data["keep_labels"],
            dry_run=data["dry_run"],
        )
