"""Who may do what, and if not, why not. The only place that knows roles."""

from annotations.permissions.decisions import YES, Decision
from annotations.permissions.facts import ArticleFacts, Facts, article_facts, article_facts_from, facts_of, facts_of_all
from annotations.permissions.roles import roles_on
from annotations.permissions.rules import may, moves_of, require

__all__ = [
    "YES",
    "ArticleFacts",
    "Decision",
    "Facts",
    "article_facts",
    "article_facts_from",
    "facts_of",
    "facts_of_all",
    "may",
    "moves_of",
    "require",
    "roles_on",
]
