"""The one Django application."""

from functools import partial

from django.apps import AppConfig
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from annotations.core import wording


class AnnotationsConfig(AppConfig):
    name = "annotations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Sentences of the layers that know no Django are translated by it too."""
        wording.speak(gettext, ngettext, partial(number_format, force_grouping=True))
