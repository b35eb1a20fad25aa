#!/usr/bin/env python
"""The command line: every command of Django and of this project. A failure is one sentence and exit code 1."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import NotSupportedError, OperationalError

from factcheck.database import explain


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    except (OperationalError, NotSupportedError) as error:
        if sentence := explain(error):
            sys.exit(sentence)
        raise


if __name__ == "__main__":
    main()
