"""Texts of forms and tables that live longer than a request: each is translated when it is shown."""

from collections.abc import Callable
from typing import cast

from django.utils.translation import gettext_lazy

_ = cast(Callable[[str], str], gettext_lazy)  # lazy texts are used where texts are
