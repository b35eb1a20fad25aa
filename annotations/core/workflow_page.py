"""The review workflow as a page of the docs: diagrams and tables made from the tables of moves."""

from collections.abc import Mapping
from typing import Final

from annotations.core.moves import ANNOTATION_MOVES, ARTICLE_MOVES, GUARD_SENTENCES, Move, Table
from annotations.core.states import (
    ANNOTATION_STATE_LABELS,
    ARTICLE_STATE_LABELS,
    ROLE_LABELS,
    AnnotationState,
    ArticleState,
    Role,
)

BEGIN: Final = "<!-- Made by manage.py write_workflow from core/moves.py: do not edit below. -->"

Labels = Mapping[str, str]


def with_tables(page: str) -> str:
    """The page up to BEGIN as it is, and what follows made anew."""
    written, found, _ = page.partition(BEGIN)
    if not found:
        raise ValueError("The page has no line that says where the tables begin.")
    annotation = {str(state): ANNOTATION_STATE_LABELS[state] for state in AnnotationState}
    article = {str(state): ARTICLE_STATE_LABELS[state] for state in ArticleState}
    return (
        f"{written}{BEGIN}\n\n"
        f"## Annotations\n\n{_diagram(ANNOTATION_MOVES, annotation)}\n{_table(ANNOTATION_MOVES, annotation)}\n"
        f"## Articles\n\n{_diagram(ARTICLE_MOVES, article)}\n{_table(ARTICLE_MOVES, article)}"
    )


def _diagram(table: Table, labels: Labels) -> str:
    """A Mermaid state diagram: one arrow for each move and each state it may lead to."""
    arrows = [
        f"    {start} --> {end}: {action.replace('_', ' ')}"
        for (start, action), move in table.items()
        for end in move.to
    ]
    used = {state for (start, _), move in table.items() for state in (start, *move.to)}
    names = [f"    {state}: {label}" for state, label in labels.items() if state in used]
    return "\n".join(["```mermaid", "stateDiagram-v2", *names, *arrows, "```", ""])


def _table(table: Table, labels: Labels) -> str:
    rows = ["| from | action | to | who | reason | only if |", "|---|---|---|---|---|---|"]
    for action, move, starts in _grouped(table):
        cells = (
            ", ".join(labels[start] for start in starts),
            f"{move.label} (`{action}`)",
            " or ".join(labels[end] for end in move.to),
            ", ".join(ROLE_LABELS[role].lower() for role in Role if role in move.by),
            "yes" if move.needs_reason else "",
            "; ".join(GUARD_SENTENCES[guard] for guard in move.guards),
        )
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def _grouped(table: Table) -> list[tuple[str, Move, list[str]]]:
    """Moves that are the same from several states, once with all of these states."""
    found: list[tuple[str, Move, list[str]]] = []
    for (start, action), move in table.items():
        same = next((states for name, other, states in found if (name, other) == (action, move)), None)
        if same is None:
            found.append((action, move, [start]))
        else:
            same.append(start)
    return found
