"""Forms about webhooks."""

from typing import Any, ClassVar

from django import forms

from annotations.models.webhook import DeliveryState
from annotations.web.forms.base import Form, line
from annotations.web.lazy import _


class WebhookForm(Form):
    """An address that is told about events, and which."""

    slug: ClassVar[str] = "webhook"

    url = line(
        _("Address"),
        max_length=2000,
        required=True,
        help_text=_("http or https, on the public internet. Redirects are not followed."),
    )
    actions = line(
        _("Only these actions"),
        max_length=500,
        help_text=_("Separated by commas, such as approve, withdraw. Left empty, everything is told."),
    )

    def chosen(self) -> list[str]:
        return [action.strip() for action in self.cleaned_data["actions"].split(",") if action.strip()]


class DeliveriesForm(Form):
    """Which deliveries are shown: those of one state, those before one. What is no choice is left out."""

    slug: ClassVar[str] = "deliveries"

    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All states")), *DeliveryState.choices])
    before = forms.UUIDField(required=False)

    def chosen(self, name: str) -> Any:
        self.is_valid()
        return self.cleaned_data.get(name) or None


class ActiveForm(forms.Form):
    """Go on, or pause."""

    active = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
