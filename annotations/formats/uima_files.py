"""UIMA on its way in: XMI or JSON CAS, alone or many in a ZIP, with or without type systems.

Sources: the XMI chapter of https://uima.apache.org/d/uimaj-current/ref.html, the JSON CAS 0.4 of uima-json, and what
dkpro-cassis reads. Features that are references stay numbers; arrays of strings are values of their own.
"""

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any, Final

from annotations.core.errors import DomainError
from annotations.core.parser_words import parser_words
from annotations.core.wording import _
from annotations.formats import own_data, xml_files
from annotations.formats.documents import IncomingDocument, broken
from annotations.formats.uima_structures import Cas, Structure, Types, documents
from annotations.formats.units import Unit
from annotations.formats.zip_members import Members

XMI: Final = "{http://www.omg.org/XMI}"
CAS: Final = "{http:///uima/cas.ecore}"
SPECIFIER: Final = "{http://uima.apache.org/resourceSpecifier}"
NO_NAMESPACE: Final = "uima.noNamespace."
ZIP: Final = b"PK"
TYPE_SYSTEM: Final = "typesystem.xml"
CASES: Final = (".xmi", ".json")


def read(file: IO[bytes]) -> Iterator[IncomingDocument]:
    """A member that cannot be read is a broken document, named in its sentence.

    Raises "malformed" for an archive or a type system that cannot be read, "too_large".
    """
    start = file.read(len(ZIP))
    file.seek(0)
    if start != ZIP:
        content = file.read()
        yield from _documents(content, {}, xml_files.ALONE)
        return
    members = Members(file)
    types: dict[str, Any] = {}
    for name in sorted(members.names):
        if name.lower().endswith(TYPE_SYSTEM):
            types |= _type_system(members.data(name), name)
    for name in sorted(members.names):
        if name.lower().endswith(CASES):
            yield from _member(members, name, types)


def _member(members: Members, name: str, types: Types) -> Sequence[IncomingDocument]:
    """Its texts; all of them or none."""
    key = name.removesuffix(".xmi").removesuffix(".json")
    try:
        return list(_documents(members.data(name), types, key))
    except DomainError as error:
        return [broken(key, error, Unit.UTF16)]


def _documents(content: bytes, types: Types, key: str) -> Iterator[IncomingDocument]:
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        cas, own_types = _from_json(content, key)
        yield from documents(cas, {**types, **own_types}, key)
    else:
        yield from documents(_from_xmi(content, key), types, key)


def _type_system(content: bytes, where: str) -> dict[str, tuple[str, dict[str, str]]]:
    found = {}
    for event, element in xml_files.events(io.BytesIO(content), where):
        if event == "end" and element.tag == f"{SPECIFIER}typeDescription":
            features = {
                _inner(each, "name"): _inner(each, "rangeTypeName")
                for each in element.iter(f"{SPECIFIER}featureDescription")
            }
            found[_inner(element, "name")] = (_inner(element, "supertypeName"), features)
    return found


def _inner(element: Any, name: str) -> str:
    return (element.findtext(f"{SPECIFIER}{name}") or "").strip()


def _from_xmi(content: bytes, where: str) -> Cas:
    cas, depth, root = Cas(), 0, ""
    for event, element in xml_files.events(io.BytesIO(content), where):
        depth += 1 if event == "start" else -1
        root = root or element.tag
        if event == "end" and depth == 1:
            _take(cas, element)
            element.clear()
    if root != f"{XMI}XMI":
        raise xml_files.malformed(where, _("it is XML, but no XMI"))
    return cas


def _take(cas: Cas, element: Any) -> None:
    """One child of the root: the text, the view on it, or a structure."""
    sofa = element.get("sofa", "")
    if element.tag == f"{CAS}Sofa":
        cas.texts[element.get(f"{XMI}id", "")] = (element.get("sofaID", ""), element.get("sofaString", ""))
    elif element.tag == f"{CAS}View":
        cas.indexed[sofa] = set(element.get("members", "").split())
    else:
        features: dict[str, tuple[str, ...]] = {}
        for child in element:
            features[child.tag] = (*features.get(child.tag, ()), child.text or "")
        features |= {name: (value,) for name, value in element.items() if not name.startswith("{")}
        cas.structures.append(Structure(element.get(f"{XMI}id", ""), _type(element.tag), features))


def _type(tag: str) -> str:
    """The name of a type from its tag: {http:///my/types.ecore}Person is my.types.Person."""
    space, brace, name = tag.rpartition("}")
    path = space.removeprefix("{http:///").removesuffix(".ecore").strip("/").replace("/", ".")
    return f"{path}.{name}".removeprefix(NO_NAMESPACE).removeprefix(".")


def _from_json(content: bytes, where: str) -> tuple[Cas, Types]:
    try:
        given = json.loads(content)
        types = {name: _json_type(each) for name, each in given.get("%TYPES", {}).items()}
        return _json_cas(given), types
    except (ValueError, RecursionError) as error:
        raise xml_files.malformed(where, _("it is no JSON CAS ({error})").format(error=parser_words(error))) from None
    except (TypeError, AttributeError, KeyError):
        raise xml_files.malformed(where, _("it is JSON, but no JSON CAS")) from None


def _json_type(given: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    features = {name: str(each["%RANGE"]) for name, each in given.items() if not name.startswith("%")}
    return str(given.get("%SUPER_TYPE") or ""), features


def _json_cas(given: Mapping[str, Any]) -> Cas:
    rows = given["%FEATURE_STRUCTURES"]
    if isinstance(rows, dict):
        rows = [{"%ID": id, **row} for id, row in rows.items()]
    arrays = {str(row["%ID"]): row["%ELEMENTS"] for row in rows if isinstance(row.get("%ELEMENTS"), list)}
    cas = Cas()
    for row in rows:
        if row["%TYPE"] == "uima.cas.Sofa":
            cas.texts[str(row["%ID"])] = (own_data.text(row.get("sofaID"), "sofaID"), str(row.get("sofaString") or ""))
        else:
            cas.structures.append(_json_structure(row, arrays))
    for view in given.get("%VIEWS", {}).values():
        cas.indexed[str(view["%SOFA"])] = set(map(str, view["%MEMBERS"]))
    return cas


def _json_structure(row: Mapping[str, Any], arrays: Mapping[str, list[Any]]) -> Structure:
    """Names without the marks of JSON CAS: @ references, # floats, ^ anchors."""
    features: dict[str, tuple[str, ...]] = {}
    for name, value in row.items():
        if not name.startswith("%") and value is not None:
            elements = arrays.get(str(value), [value]) if name.startswith("@") else [value]
            features[name.lstrip("@#^")] = tuple(map(_written, elements))
    return Structure(str(row["%ID"]), own_data.text(row["%TYPE"], "%TYPE"), features)


def _written(value: Any) -> str:
    if isinstance(value, dict | list):
        raise TypeError(value)
    return str(value).lower() if isinstance(value, bool) else own_data.text(str(value), "a feature")
