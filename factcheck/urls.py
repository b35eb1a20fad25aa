"""Every address of the site, by door."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from annotations.web.views import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
if find_spec("annotations.api") and find_spec("annotations.api.urls"):
    urlpatterns.append(path("api/v1/", include("annotations.api.urls")))
if find_spec("annotations.web") and find_spec("annotations.web.urls"):
    urlpatterns.append(path("", include("annotations.web.urls")))
if find_spec("annotations.web.views.errors"):
    handler400 = "annotations.web.views.errors.bad_request"
    handler403 = "annotations.web.views.errors.permission_denied"
    handler404 = "annotations.web.views.errors.page_not_found"
    handler500 = "annotations.web.views.errors.server_error"
