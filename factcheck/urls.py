"""Every address of the site, by door."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = []
if find_spec("annotations.api") and find_spec("annotations.api.urls"):
    urlpatterns.append(path("api/v1/", include("annotations.api.urls")))
if find_spec("annotations.web") and find_spec("annotations.web.urls"):
    urlpatterns.append(path("", include("annotations.web.urls")))
