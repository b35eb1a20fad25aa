"""Request bodies: JSON and multipart, read strictly. What cannot be stored is refused here, with a pointer to it."""

import json
from collections.abc import Iterator
from typing import IO, Any, NoReturn, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParser as FormReader
from django.http.multipartparser import MultiPartParserError
from django.utils.datastructures import MultiValueDict
from rest_framework.parsers import BaseParser, JSONParser
from rest_framework.request import Request

from annotations.api.errors import escaped
from annotations.core.errors import DomainError, FieldError
from annotations.core.parser_words import parser_words
from annotations.core.text import BOM, canonical_field
from annotations.core.wording import _

DEEPEST = 32
"""Levels of nesting; the deepest body this API knows has four."""


class StrictJSONParser(JSONParser):
    """UTF-8 JSON by RFC 8259. It is a JSONParser because REST framework hands those a body of limited size."""

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> Any:
        check_encoding(parser_context)
        return document_of(stream.read())


class ApiRequest(Request):
    """REST framework's request, which takes no detours to a body that can only be JSON and says that it is."""

    def _parse(self) -> Any:
        takes_only_json = [type(parser) for parser in self.parsers or ()] == [StrictJSONParser]
        plain = self.content_type == StrictJSONParser.media_type and "HTTP_CONTENT_ENCODING" not in self.META
        if takes_only_json and plain and (raw := self._request.body):
            return document_of(raw), MultiValueDict()
        return super()._parse()  # type: ignore[misc]  # untyped


def document_of(raw: bytes) -> Any:
    """A body of JSON as Python's values. Raises "malformed", "not_utf8", "nul" and so on."""
    document = _loaded(_decoded(raw).removeprefix(BOM))
    if b"\\u" in raw:  # NUL and lone surrogates can only come as escapes: raw ones are no JSON and no UTF-8
        _refuse_in_document(document)
    return document


class FormParser(BaseParser):
    """multipart/form-data as a plain dictionary of strings and uploaded files."""

    media_type = "multipart/form-data"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> dict[str, Any]:
        check_encoding(parser_context)
        request = parser_context["request"]
        meta = {**request.META, "CONTENT_TYPE": media_type}
        try:
            # Latin-1 keeps every byte as it is, so that a text which is not UTF-8 is refused, not silently mended.
            fields, files = FormReader(meta, cast(HttpRequest, stream), request.upload_handlers, "latin-1").parse()
        except MultiPartParserError as error:
            raise DomainError("malformed", _("The form cannot be read: {error}.").format(error=error)) from error
        found: dict[str, Any] = {}
        for key, values in (*fields.lists(), *files.lists()):
            name = _renamed(key)
            if len(values) > 1 or name in found:
                sentence = _('The field "{name}" is sent twice. Send it once.').format(name=name)
                raise _refused(f"/{escaped(name)}", "repeated_field", sentence)
            found[name] = _form_file(values[0]) if key in files else _form_text(name, values[0])
        return found


def check_encoding(parser_context: Any) -> None:
    """Raises "unsupported_media_type" for a body that is compressed."""
    coding = parser_context["request"].headers.get("Content-Encoding", "").strip()
    if coding.lower() not in ("", "identity"):
        sentence = _("The body is sent as {coding}. Send it as it is, without Content-Encoding.")
        raise DomainError("unsupported_media_type", sentence.format(coding=coding))


def refuse_unstorable(text: str, pointer: str) -> None:
    """Raises "nul" or "lone_surrogate" with the pointer; the message has the position in code points."""
    try:
        canonical_field(text)
    except DomainError as error:
        at = [FieldError(pointer, error.code, error.message)]
        raise DomainError(error.code, error.message, errors=at, extra=error.extra) from None


def _loaded(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_without_repetition)
    except json.JSONDecodeError as error:
        if "\0" in text:
            raise DomainError(
                "not_utf8", _("The body has NUL bytes, as UTF-16 and UTF-32 have. Send it as UTF-8.")
            ) from None
        sentence = _("The body is not JSON: {error}.")
        raise DomainError("malformed", sentence.format(error=parser_words(error))) from None
    except ValueError as error:  # an integer of more digits than Python reads
        raise DomainError("malformed", _("The body cannot be read: {error}.").format(error=error)) from None
    except RecursionError:
        raise _too_deep() from None


def _refuse_constant(name: str) -> NoReturn:
    raise DomainError("malformed", _("The body is not JSON: {name} is no number there.").format(name=name))


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, value in pairs]
        name = next(name for name in names if names.count(name) > 1)
        raise DomainError(
            "repeated_field", _('An object of the body names "{name}" twice. Name it once.').format(name=name)
        )
    return found


def _refuse_in_document(document: Any) -> None:
    for pointer, text in _strings(document):
        refuse_unstorable(text, pointer)


def _strings(document: Any) -> Iterator[tuple[str, str]]:
    """Every string of a document, names included, with the pointer to it (of a name: to its object)."""
    waiting: list[tuple[str, Any, int]] = [("", document, 0)]
    while waiting:
        pointer, value, depth = waiting.pop()
        if depth > DEEPEST:
            raise _too_deep()
        if isinstance(value, str):
            yield pointer, value
        elif isinstance(value, dict):
            yield from ((pointer, name) for name in value)
            waiting += [(f"{pointer}/{escaped(name)}", each, depth + 1) for name, each in value.items()]
        elif isinstance(value, list):
            waiting += [(f"{pointer}/{number}", each, depth + 1) for number, each in enumerate(value)]


def _too_deep() -> DomainError:
    return DomainError(
        "malformed", _("The body is nested too deeply. {most} levels are the most.").format(most=DEEPEST)
    )


def _renamed(name: str) -> str:
    """A name of a field or file, which was read as Latin-1, or as something else if it came in RFC 8187's form."""
    try:
        return name.encode("latin-1").decode()
    except UnicodeError:
        return name


def _form_file(file: UploadedFile) -> UploadedFile:
    file.name = _renamed(file.name or "")
    return file


def _form_text(name: str, value: str) -> str:
    text = _decoded(value.encode("latin-1"), name)
    refuse_unstorable(text, f"/{escaped(name)}")
    return text


def _decoded(raw: bytes, field: str | None = None) -> str:
    """The body, or what a field of a form holds, as text."""
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        position = len(raw[: error.start].decode())
        what = _("The body") if field is None else _('The field "{name}"').format(name=field)
        pointer = "" if field is None else f"/{escaped(field)}"
        sentence = _(
            "{what} is not UTF-8: the character at position {position} (counted from 0) cannot be read."
        ).format(what=what, position=position)
        raise _refused(pointer, "not_utf8", sentence, position=position) from None


def _refused(pointer: str, code: str, sentence: str, **extra: Any) -> DomainError:
    return DomainError(code, sentence, errors=[FieldError(pointer, code, sentence)], extra=extra)
