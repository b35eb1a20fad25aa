"""Tables, their constraints and querysets, one noun a file."""

from annotations.models.annotation import Annotation, AnnotationTerm
from annotations.models.article import Article, Block, Revision, TextPiece
from annotations.models.attribution import Attribution
from annotations.models.comment import Comment
from annotations.models.coverage import CoverageMark
from annotations.models.desk import Desk, Membership
from annotations.models.event import Event
from annotations.models.evidence import Evidence
from annotations.models.identity import Identity
from annotations.models.import_run import ImportRun
from annotations.models.incoming import IncomingDraft
from annotations.models.link import Link
from annotations.models.notice import Notice
from annotations.models.placement import Placement
from annotations.models.review import Review
from annotations.models.saved_filter import SavedFilter
from annotations.models.search import SearchBacklog, SearchEntry
from annotations.models.signoff import SignOff
from annotations.models.stored_file import StoredFile
from annotations.models.token import Token
from annotations.models.user import User
from annotations.models.verdict import Verdict
from annotations.models.vocabulary import Term, Vocabulary
from annotations.models.webhook import Delivery, Webhook

__all__ = [
    "Annotation",
    "AnnotationTerm",
    "Article",
    "Attribution",
    "Block",
    "Comment",
    "CoverageMark",
    "Delivery",
    "Desk",
    "Event",
    "Evidence",
    "Identity",
    "ImportRun",
    "IncomingDraft",
    "Link",
    "Membership",
    "Notice",
    "Placement",
    "Review",
    "Revision",
    "SavedFilter",
    "SearchBacklog",
    "SearchEntry",
    "SignOff",
    "StoredFile",
    "Term",
    "TextPiece",
    "Token",
    "User",
    "Verdict",
    "Vocabulary",
    "Webhook",
]
