"""Logging in, and changing one's own password."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext as _

from annotations.models import User
from annotations.services.first_passwords import is_expired
from annotations.web.forms.base import dress


class LoginForm(AuthenticationForm):
    """Django's form, which also refuses one-time passwords that have run out."""

    def confirm_login_allowed(self, user: User) -> None:
        super().confirm_login_allowed(user)
        if is_expired(user):
            sentence = _("This one-time password has run out. Ask the administrator of your desk for a new one.")
            raise forms.ValidationError(sentence, code="expired")


class PasswordForm(PasswordChangeForm):
    """Django's form with our look. Once it is saved, the password is the person's own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        for field in self.fields.values():
            dress(field)

    def clean_new_password1(self) -> str:
        password: str = self.cleaned_data["new_password1"]
        if self.user.one_time_until and self.user.check_password(password):
            raise forms.ValidationError(_("This is the one-time password. Choose another one."))
        return password

    def save(self, commit: bool = True) -> User:
        self.user.one_time_until = None
        return super().save(commit)
