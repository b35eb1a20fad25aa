"""Imports of texts with annotations: a whole file in, a report out."""

import io
from typing import IO, Any, cast

from django.db.models import QuerySet
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base import ApiView, ListView, actor_of, found
from annotations.api.describing import ID, WRITING, operation
from annotations.api.fields import OneOf, Text
from annotations.api.filters import DESK, ImportRunFilters
from annotations.api.parsers import FormParser, check_encoding
from annotations.api.readers.imports import ImportReader, ImportRunReader
from annotations.core.errors import DomainError, FieldError
from annotations.core.wording import _
from annotations.formats.readers import READERS, Reading
from annotations.formats.units import Unit
from annotations.models import Desk, ImportRun, User
from annotations.queries.import_rows import import_row, imports_of
from annotations.queries.matching import desk_named
from annotations.services.import_runs import start_import
from annotations.services.imports import Options, UnknownLabels, import_file

PARAMETERS = [
    OpenApiParameter("format", str, OpenApiParameter.PATH, enum=sorted(READERS)),
    OpenApiParameter("desk", str, required=True, description=DESK),
    OpenApiParameter(
        "unit", str, enum=[str(unit) for unit in Unit], description="What offsets count. Left out: told by the quotes."
    ),
    OpenApiParameter("dry_run", bool, description="Check everything, keep nothing."),
    OpenApiParameter(
        "background", bool, description="Answer at once with 202; `imports/{id}/` tells how far it is, then the report."
    ),
    OpenApiParameter(
        "unknown_labels",
        str,
        enum=[str(each) for each in UnknownLabels],
        description="What labels that are no terms do.",
    ),
]


class ImportParameters(serializers.Serializer[Any]):
    desk = Text()
    unit = OneOf(Unit, required=False)
    dry_run = serializers.BooleanField(required=False, default=False)
    background = serializers.BooleanField(required=False, default=False)
    unknown_labels = OneOf(UnknownLabels, required=False, default=UnknownLabels.REFUSE)


class AnyFile(BaseParser):
    """The body is the file, whatever it is called."""

    media_type = "*/*"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> dict[str, Any]:
        check_encoding(parser_context)
        return {"file": io.BytesIO(stream.read())}


class Imports(ApiView):
    parser_classes = (FormParser, AnyFile)
    parameters = {"POST": frozenset({"desk", "unit", "dry_run", "background", "unknown_labels"})}

    @operation(
        "imports_create",
        "Bring in texts with annotations",
        parameters=PARAMETERS,
        request={"application/octet-stream": OpenApiTypes.BINARY},
        answers={200: ImportReader, 202: ImportRunReader},
        refusals=(403, 404, *WRITING),
        description="The body is the file, or a form with it as `file`. A document comes in whole or not at all; the "
        "report names what was refused, and why. Sending a file again adds nothing twice.",
    )
    def post(self, request: Request, format: str) -> Response:
        if format not in READERS:
            known = ", ".join(sorted(READERS))
            raise DomainError(
                "not_found",
                _('There is no format "{format}" to bring in. Formats: {known}.').format(format=format, known=known),
            )
        parameters = ImportParameters(data=request.query_params.dict())
        parameters.is_valid(raise_exception=True)
        data = parameters.validated_data
        actor = actor_of(request)
        desk = desk_named(data["desk"], actor)
        if desk is None:
            raise DomainError("not_found", _("There is no such desk, or you do not work on it."))
        file = _file(request)
        options = Options(
            unit=Unit(data["unit"]) if data.get("unit") else None,
            keep_labels=data["unknown_labels"] == UnknownLabels.NOTE,
            dry_run=data["dry_run"],
        )
        if data["background"]:
            return _in_background(desk, actor, format, file, options)
        report = import_file(desk_id=desk.pk, actor=actor, documents=Reading(format, file), options=options)
        return Response(report.as_json())


class ImportRuns(ListView):
    queryset = ImportRun.objects.none()
    filterset_class = ImportRunFilters

    def get_queryset(self) -> QuerySet[ImportRun]:
        return imports_of(actor_of(self.request))

    def row(self, each: ImportRun) -> dict[str, Any]:
        return import_row(each)

    @operation("import_runs_list", "Imports in the background, newest first", answers={200: ImportRunReader(many=True)})
    def get(self, request: Request) -> Response:
        return self.page()


class ImportRunDetail(ApiView):
    @operation(
        "import_runs_retrieve",
        "How far an import in the background is",
        parameters=[ID],
        answers={200: ImportRunReader},
        refusals=(404,),
    )
    def get(self, request: Request, id: str) -> Response:
        return Response(import_row(found(imports_of(actor_of(request)), id, "import")))


def _in_background(desk: Desk, actor: User, format: str, file: IO[bytes], options: Options) -> Response:
    run = start_import(
        desk_id=desk.pk,
        actor=actor,
        format=format,
        name=getattr(file, "name", "") or "",
        content=file.read(),
        options=options,
    )
    row = import_row(imports_of(actor).get(pk=run.pk))
    return Response(row, status=202, headers={"Location": reverse("api:import-run", args=[run.pk])})


def _file(request: Request) -> IO[bytes]:
    file = request.data.get("file") if isinstance(request.data, dict) else None
    if file is None or not hasattr(file, "seek"):
        sentence = _("Send the file as the body, or as the field file of a form.")
        raise DomainError("missing", sentence, errors=[FieldError("/file", "missing", sentence)])
    return cast(IO[bytes], file)
