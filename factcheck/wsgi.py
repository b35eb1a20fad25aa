"""The WSGI application, which factcheck/asgi.py runs and any other WSGI server may run too."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
application = get_wsgi_application()
