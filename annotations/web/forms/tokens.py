"""The form that makes an API token."""

import datetime as dt
from typing import ClassVar

from django import forms

from annotations.core.scopes import Scope
from annotations.web.forms.base import Form, line
from annotations.web.lazy import _

SCOPES = (
    (Scope.READ.value, _("Read")),
    (Scope.WRITE.value, _("Write: annotate, review, import")),
    (Scope.EXPORT.value, _("Export")),
)
DAYS = (("7", _("After a week")), ("30", _("After 30 days")), ("90", _("After 90 days")), ("365", _("After a year")))


class NewTokenForm(Form):
    """What the token is for, what it may be used for, and how long."""

    slug: ClassVar[str] = "new-token"

    name = line(_("Name"), max_length=200, required=True, help_text=_("Which program uses it, and where."))
    scopes = forms.MultipleChoiceField(
        label=_("What it may be used for"),
        choices=SCOPES,
        required=False,
        initial=[Scope.READ.value],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Never more than you may do yourself."),
    )
    days = forms.ChoiceField(label=_("Ends"), choices=DAYS, initial="90")

    @property
    def lifetime(self) -> dt.timedelta:
        return dt.timedelta(days=int(self.cleaned_data["days"]))
