"""Changing one's own password."""

from typing import Any

from django.contrib.auth.forms import PasswordChangeForm

from annotations.web.forms.base import dress


class PasswordForm(PasswordChangeForm):
    """Django's form with our look."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        for field in self.fields.values():
            dress(field)
