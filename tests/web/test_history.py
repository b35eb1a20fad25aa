"""The history pages: a sentence for every action that services record, and what changed, in words."""

import ast
import inspect
from pathlib import Path

from django.test import Client

import annotations.services as services
from annotations.core.drafts import AnnotationChanges
from annotations.core.moves import ANNOTATION_MOVES, ARTICLE_MOVES, actions_of
from annotations.core.states import AnnotationState
from annotations.models import Article, Event
from annotations.queries.history import has_sentence, told_events
from annotations.services.annotations import edit_annotation
from annotations.services.evidence import KINDS
from tests.people import People
from tests.states import annotation_at, cover

RECORDERS = {"record", "save_version"}


def literal_actions() -> set[str]:
    """The actions that services name in calls of record(action=...) and save_version(_, _, "...")."""
    found = set()
    for path in Path(inspect.getfile(services)).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RECORDERS:
                values = [each.value for each in node.keywords if each.arg == "action"] + node.args[2:3]
                found |= {each.value for each in values if isinstance(each, ast.Constant)}
    return found


def test_every_recorded_action_has_its_sentence() -> None:
    nouns = [kind.removesuffix("s") for kind in KINDS]
    parts = {f"{verb}_{noun}" for verb in ("add", "retire") for noun in nouns}
    moves = {*actions_of(ANNOTATION_MOVES), *actions_of(ARTICLE_MOVES)}
    literal = literal_actions()

    assert {"create", "edit", "undo", "cover", "comment", "read_identity"} <= literal
    assert [action for action in sorted(literal | parts | moves) if not has_sentence(action)] == []


def test_annotation_tells_its_story(article: Article, people: People) -> None:
    annotation = annotation_at(AnnotationState.NEEDS_RECHECK, article, people)

    told = told_events(annotation.events.all())

    assert [each.sentence for each in reversed(told)] == [
        "Checker annotated this.",
        'Checker proposed the verdict "Accurate".',
        "Reviewer approved.",
        "Head reopened it.",
    ]
    assert told[0].event.reason == "New figures."
    assert told[0].changes == [("State", "Signed off", "Needs recheck")]


def test_differences_are_told_in_words(article: Article, people: People) -> None:
    annotation = annotation_at(AnnotationState.OPEN, article, people)
    changes = AnnotationChanges(claim="Ten died.", assignee="checker2", terms=[])
    edit_annotation(annotation_id=annotation.pk, actor=people.checker, seen_version=1, changes=changes)

    told = told_events(annotation.events.all())[0]

    assert told.sentence == "Checker changed it."
    assert told.changes == [
        ("Claim", "Nine died.", "Ten died."),
        ("Assigned to", "nothing", "Checker2"),
        ("Labels", "Quantity", "nothing"),
    ]


def test_history_pages_show_the_sentences(article: Article, people: People, checker: Client) -> None:
    annotation = annotation_at(AnnotationState.PROPOSED, article, people)
    cover(article, people)

    of_annotation = checker.get(f"/annotations/{annotation.pk}/history/").content.decode()
    of_article = checker.get(f"/articles/{article.pk}/history/").content.decode()

    assert "Checker proposed the verdict &quot;Accurate&quot;." in of_annotation
    assert "Checker brought the article in." in of_article
    assert "Checker marked 4 sentences &quot;nothing to check&quot;." in of_article
    assert of_article.count("<li>") == Event.objects.filter(article=article).count()
