"""Sentences for people are written so that they can be translated: whole, marked, with named places for values."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

APPLICATION = Path(settings.BASE_DIR) / "annotations"
FILES = sorted(path for path in APPLICATION.rglob("*.py") if "migrations" not in path.parts)

MESSAGE = {
    "DomainError": 1,
    "FieldError": 2,
    "BadSpan": 2,
    "bad_document": 1,
    "not_allowed": 0,
    "wrong_state": 0,
}
"""Which argument is the sentence."""

HELPERS = {
    "refused",
    "_refused",
    "_wrong",
    "_missing",
    "_invalid",
    "malformed",
    "_malformed",
    "unsupported",
    "_problem",
}
"""Functions of single modules that make refusals; a sentence is what has a space in it."""

TRANSLATING = {"_", "gettext", "ngettext", "pgettext"}
MARKING = TRANSLATING | {"gettext_lazy", "gettext_noop"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def name_of(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def written(node: ast.AST, function: ast.AST) -> Iterator[ast.expr]:
    """The texts that an expression may be, variables of the function followed, up to where something translates."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        yield from written(node.left, function)
    elif isinstance(node, (ast.JoinedStr, ast.BinOp)) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    ):
        yield node
    elif isinstance(node, ast.IfExp):
        yield from written(node.body, function)
        yield from written(node.orelse, function)
    elif isinstance(node, ast.Call) and name_of(node) == "format" and isinstance(node.func, ast.Attribute):
        yield from written(node.func.value, function)
    elif isinstance(node, ast.Name):
        for each in ast.walk(function):
            if isinstance(each, ast.Assign) and any(
                isinstance(target, ast.Name) and target.id == node.id for target in each.targets
            ):
                yield from written(each.value, function)


def untranslated(tree: ast.Module) -> Iterator[int]:
    """Lines with a refusal whose sentence nobody translates."""
    for function in [each for each in ast.walk(tree) if isinstance(each, FUNCTIONS)]:
        for call in ast.walk(function):
            if isinstance(call, ast.Call):
                for argument in sentences_of(call):
                    yield from (text.lineno for text in written(argument, function) if has_words(text, call))


def sentences_of(call: ast.Call) -> list[ast.expr]:
    place = MESSAGE.get(name_of(call))
    if place is not None:
        return call.args[place : place + 1]
    return call.args if name_of(call) in HELPERS else []


def has_words(text: ast.expr, call: ast.Call) -> bool:
    """Not codes and pointers, nor an f-string without words of its own, such as two sentences side by side."""
    words = [str(part.value) for part in ast.walk(text) if isinstance(part, ast.Constant)]
    return any(" " in each.strip() if name_of(call) in HELPERS else each.strip() for each in words)


def texts(tree: ast.Module, functions: set[str]) -> Iterator[tuple[ast.Call, ast.expr]]:
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and name_of(call) in functions:
            yield from ((call, each) for each in call.args)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(APPLICATION)))
def test_sentences_can_be_translated(path: Path) -> None:
    tree = ast.parse(path.read_text())

    made_up = [each.lineno for _call, each in texts(tree, MARKING) if isinstance(each, (ast.JoinedStr, ast.BinOp))]
    unnamed = [
        each.lineno
        for _call, each in texts(tree, MARKING)
        if isinstance(each, ast.Constant) and re.search(r"%s|%d.*%d|\{\d*\}", str(each.value))
    ]

    assert sorted(untranslated(tree)) == [], "refusals whose sentence is not translated"
    assert made_up == [], "texts that are put together before they are translated"
    assert unnamed == [], "several values, or words, without a name"


@pytest.mark.parametrize(
    "code",
    [
        'def f(n): raise DomainError("code", "A sentence.")',
        'def f(n): raise DomainError("code", f"A sentence about {n}.")',
        'def f(n):\n    sentence = f"About {n}."\n    raise DomainError("code", sentence)',
        'def f(n): raise DomainError("code", _("One.") if n else "Two.")',
        'def f(n): raise DomainError("code", "About {n}.".format(n=n))',
        'def f(n): return wrong_state("Half " + n)',
        'def f(n): return wrong_state("About %(n)s." % {"n": n})',
        'def f(n): return [FieldError("/n", "code", "Wrong.")]',
        'def f(n): raise _refused("/n", "code", "A sentence.")',
    ],
)
def test_what_is_not_translated_is_found(code: str) -> None:
    assert list(untranslated(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        'def f(n): return wrong_state(_("About %(n)s.") % {"n": n})',
        'def f(n): raise DomainError("code", _("About {n}.").format(n=n))',
        'def f(n): raise DomainError("code", ngettext("{n} word.", "{n} words.", n).format(n=n))',
        'def f(n):\n    sentence = _("One.") if n else _("Two.")\n    raise DomainError("code", sentence)',
        "def f(error): raise DomainError(error.code, error.message)",
    ],
)
def test_what_is_translated_passes(code: str) -> None:
    assert not list(untranslated(ast.parse(code)))
