"""Lines that say where a picture is from ("SONG KYONG-SEOK / POOL / TASS", "Foto: dpa"), and captions ending so."""

import re
from typing import Final

from annotations.ingest.phrases import AGENCIES, CAPTION, CREDIT_ALONE, PICTURE, alternatives
from annotations.ingest.shapes import breadth, ends_open, ends_sentence, kept, one_line, words

LONGEST_CREDIT: Final = 140
LONGEST_CAPTION: Final = 500

_AGENCY: Final = rf"(?<!\w)(?:{alternatives(AGENCIES)})(?!\w)"
_PICTURE_LABEL = re.compile(
    rf"(?:{alternatives(PICTURE)})\s*[:：©/／|]\s*\S.*|photo(?:graph)? by\s+\S.*", re.IGNORECASE | re.DOTALL
)
_RIGHTS = re.compile(r"(?:©|\(c\)|copyright\b)\s*\S.*", re.IGNORECASE | re.DOTALL)
_CAPTION_LABEL = re.compile(rf"(?:{alternatives(CAPTION)})\s*[:：]\s*\S.*", re.IGNORECASE | re.DOTALL)
_ALONE = re.compile(
    rf"(?:{alternatives(CREDIT_ALONE)})|(?:courtesy of|screenshot)\b.{{1,60}}|t\.me/\w+|@\w+"
    r"|(?:www\.)?[a-z0-9-]+\.(?:ru|ua|com|org|net|gov|info|de|fr|uk)",
    re.IGNORECASE,
)
_AGENCIES_ONLY = re.compile(rf"{_AGENCY}(?:\s*(?:[/,&|]|via|through|über)\s*{_AGENCY})*")
_WITH_AGENCY = re.compile(
    rf".*?(?:[/,|–—-]|\bvia\b|\bfor\b|©|\()\s*{_AGENCY}\s*\)?(?:\s*[/,|]\s*[^/|]{{1,40}})*", re.DOTALL
)
_AGENCY_FIRST = re.compile(rf"{_AGENCY}\s*[/|]\s*[^/|]{{1,60}}(?:\s*[/|]\s*[^/|]{{1,60}})*")
_DIVIDED = re.compile(r"[^/|]{2,60}(?:\s+/\s+|\s*\|\s*|\s*/\s*)[^/|]{2,60}(?:\s*[/|]\s*[^/|]{2,60})*")
_LICENCE = re.compile(r".*\bCC[ -](?:BY|0)\b.*", re.DOTALL)
_AGENCY_NOTE = re.compile(
    r"(?:Additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled)(?: and \w+)? by [A-Z].*", re.DOTALL
)
_TAIL = re.compile(
    rf"(?P<says>.{{15,}}?[.!?…\"”’»)])\s+(?P<credit>\((?:{alternatives(PICTURE)})\b[^()]*\)|\([^()]*{_AGENCY}[^()]*\)|[^.!?…]{{3,90}})",
    re.IGNORECASE | re.DOTALL,
)
_NO_CREDIT_ENDS: Final = (".", "!", "?", "…")
"""With none of these ends what _TAIL matches; most paragraphs do, and to look for it takes long."""


@kept
def is_labelled_credit(text: str) -> bool:
    """Says itself that it is one: "Photo: …", "© …", "(Photo by …)", a licence."""
    line = _bare(text)
    if len(line) > LONGEST_CREDIT or words(line) > 16:
        return False
    if _RIGHTS.fullmatch(line) or (_LICENCE.fullmatch(line) and ends_open(line)):
        return True
    return bool(_PICTURE_LABEL.fullmatch(line)) and not (ends_sentence(line) and words(line) > 6)


def is_credit(text: str, *, near_head: bool) -> bool:
    """`near_head`: between headline and first paragraph, where a credit needs no agency that we know."""
    line = _bare(text)
    if is_labelled_credit(text):
        return True
    if len(line) > LONGEST_CREDIT or words(line) > 14 or not ends_open(line) or "\n" in line:
        return False
    return _names_agency(line) or (near_head and (bool(_ALONE.fullmatch(line)) or _is_divided(line)))


def is_agency_note(text: str) -> bool:
    """ "(Reporting by …; editing by …)", as agencies end their stories."""
    return len(text) <= LONGEST_CAPTION and _AGENCY_NOTE.fullmatch(_bare(text)) is not None


def is_caption(text: str) -> bool:
    """Labelled as one, or a sentence with a credit behind it."""
    line = one_line(text)
    if len(line) > LONGEST_CAPTION:
        return False
    if _CAPTION_LABEL.fullmatch(line):
        return True
    if _PICTURE_LABEL.fullmatch(line) and ends_sentence(line) and words(line) > 6:
        return True
    match = None if line.endswith(_NO_CREDIT_ENDS) else _TAIL.fullmatch(line)
    return match is not None and _is_tail_credit(match["credit"])


def _is_tail_credit(text: str) -> bool:
    """A bare "(Reuters)" behind a paragraph is the agency's signature, not a picture's."""
    bare = _bare(text)
    return is_labelled_credit(bare) or ("/" in bare and _names_agency(bare))


def _bare(text: str) -> str:
    line = one_line(text)
    return line[1:-1].strip() if line[:1] in "([" and line[-1:] in ")]" else line


def _names_agency(line: str) -> bool:
    if _AGENCIES_ONLY.fullmatch(line) or _AGENCY_FIRST.fullmatch(line):
        return True
    return bool(_WITH_AGENCY.fullmatch(line)) and (
        "/" in line or "©" in line or " via " in line or "|" in line or _all_names(line)
    )


def _all_names(line: str) -> bool:
    """ "Anna Müller, dpa": a short run of capitalised words and an agency."""
    return words(line) <= 5 and all(
        word[:1].isupper() or word in ("dpa", "imago", "via", "for") for word in re.findall(r"\w[\w'’-]*", line)
    )


def _is_divided(line: str) -> bool:
    """ "Sergei Petrov / Kommersant": every part begins like a name."""
    if not _DIVIDED.fullmatch(line) or breadth(line) > 100:
        return False
    parts = [part.strip() for part in re.split(r"[/|]", line)]
    return all(part[:1].isupper() or part[:1] == "@" or "." in part for part in parts) and words(line) <= 12
