"""Where an article stands: its coverage in numbers, what is unsettled, the moves of the person who looks."""

from typing import Any

from annotations.models import Article, User
from annotations.permissions import ArticleFacts, may
from annotations.web.moves import article_buttons


def panel_context(user: User, article: Article, facts: ArticleFacts) -> dict[str, Any]:
    """For templates/annotations/review/_panel.html; `unseen` as "start-end" pairs in code points."""
    unseen = facts.unseen
    return {
        "moves": article_buttons(user, article, facts),
        "unsettled": facts.unsettled,
        "unplaced": facts.unplaced,
        "sentences": len(facts.coverage),
        "seen": len(facts.coverage) - len(unseen),
        "unseen": " ".join(f"{row.start}-{row.end}" for row in unseen),
        "may_cover": may(user, "cover", article),
    }
