"""Accounts: make one, deactivate one."""

from django.contrib.auth.hashers import make_password
from django.db import transaction

from annotations.models import User
from annotations.services.rows import checked


@transaction.atomic
def create_user(*, username: str, password: str, display_name: str = "", email: str = "") -> User:
    """A person who can sign in; what they may do comes from memberships."""
    user = checked(User(username=username, display_name=display_name, email=email, password=make_password(password)))
    user.save(force_insert=True)
    return user


def deactivate_user(user: User) -> None:
    """End a person's access; their work stays theirs."""
    User.objects.filter(pk=user.pk).update(is_active=False)
