"""Gets one article from the web, from public hosts only, within limits of time and size. Keeps no cookies."""

import ssl
from collections.abc import Collection
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

import httpcore
import httpx

from annotations.core.errors import DomainError
from annotations.core.wording import _
from annotations.ingest.addresses import Target, refused, target_of
from annotations.ingest.connection import Deadline, PinnedBackend
from annotations.ingest.docx import MEDIA_TYPE as DOCX_TYPE
from annotations.ingest.unpacking import DamagedError, TooLargeError, Unpacker

SECONDS: Final = 20.0
"""For everything: look-ups, redirects, the last byte."""
MOST_BYTES: Final = 10_000_000
MOST_REDIRECTS: Final = 5

_TYPES: Final = frozenset({"application/xhtml+xml", "application/pdf", DOCX_TYPE})
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_ENCODINGS: Final = {"": "", "identity": "", "gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate"}
_HEADERS: Final = (
    ("User-Agent", "Mozilla/5.0 (compatible; Factcheck; article import)"),
    ("Accept", f"text/html, application/xhtml+xml, application/pdf, {DOCX_TYPE}, text/*;q=0.8"),
    ("Accept-Encoding", "gzip, deflate"),
    ("Connection", "close"),
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """`media_type` as the server says it, charset included; `url` after all redirects."""

    data: bytes
    media_type: str
    url: str


def fetch(url: str, *, allowed_hosts: Collection[str] = ()) -> Fetched:
    """`allowed_hosts`: "host" or "host:port" that may be private and on any port.

    Raises "fetch_refused", "fetch_failed", "fetch_too_large", "fetch_timeout", "fetch_status".
    """
    deadline = Deadline(SECONDS)
    address = url
    for _hop in range(MOST_REDIRECTS + 1):
        target = target_of(address, allowed_hosts, deadline.left())
        answer = _answer(target, deadline)
        if isinstance(answer, Fetched):
            return answer
        address = answer
    raise DomainError(
        "fetch_failed",
        _("The page redirects more than {most} times. Use its final address.").format(most=MOST_REDIRECTS),
    )


def _answer(target: Target, deadline: Deadline) -> Fetched | str:
    """The page, or the address it redirects to."""
    try:
        return _requested(target, deadline)
    except httpcore.TimeoutException:
        raise DomainError(
            "fetch_timeout",
            _("{host} did not send the page within {seconds:.0f} seconds. Try again later.").format(
                host=target.host, seconds=SECONDS
            ),
        ) from None
    except TooLargeError:
        raise _too_large() from None
    except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError, OSError, DamagedError) as error:
        sentence = (
            _("{host} has no valid certificate. Copy the article's text and paste it instead.")
            if _is_certificate(error)
            else _("{host} broke the connection off or sent no page. Copy the article's text and paste it instead.")
        )
        raise DomainError("fetch_failed", sentence.format(host=target.host)) from None


def _requested(target: Target, deadline: Deadline) -> Fetched | str:
    """A pool of its own for each request: nothing learned from one host is carried to the next."""
    backend = PinnedBackend(target.addresses, deadline)
    context = httpx.create_ssl_context(trust_env=False) if target.url.scheme == "https" else None
    address = httpcore.URL(
        scheme=target.url.raw_scheme, host=target.host.encode(), port=target.port, target=target.url.raw_path
    )
    headers = [("Host", target.host_header), *_HEADERS]
    with (
        httpcore.ConnectionPool(ssl_context=context, network_backend=backend) as pool,
        pool.stream("GET", address, headers=headers) as response,
    ):
        fields = httpx.Headers(response.headers)
        if response.status in _REDIRECTS and (location := fields.get("location")):
            return _joined(target.url, location)
        _check_status(response.status)
        media_type = _checked_type(fields.get("content-type", ""))
        return Fetched(_body(response, fields), media_type, str(target.url))


def _body(response: httpcore.Response, fields: httpx.Headers) -> bytes:
    encoding = fields.get("content-encoding", "").strip().lower()
    if encoding not in _ENCODINGS:
        raise DomainError(
            "fetch_failed",
            _("The server packed the page as {encoding}, which cannot be unpacked here.").format(
                encoding=encoding[:40]
            ),
        )
    if (length := fields.get("content-length", "")).isdecimal() and int(length[:20]) > MOST_BYTES:
        raise TooLargeError
    unpacker = Unpacker(_ENCODINGS[encoding], MOST_BYTES)
    for chunk in response.iter_stream():
        unpacker.feed(chunk)
    if not (data := unpacker.result()):
        raise DomainError("fetch_failed", _("The server sent an empty page. Check the address."))
    return data


def _joined(base: httpx.URL, location: str) -> str:
    try:
        return str(base.join(location))
    except (httpx.InvalidURL, UnicodeError, ValueError):
        raise DomainError("fetch_failed", _("The page redirects to something that is no address. Check it.")) from None


def _check_status(status: int) -> None:
    if status != HTTPStatus.OK:
        name = next((known.phrase for known in HTTPStatus if known == status), "unknown")
        raise DomainError(
            "fetch_status",
            _("The server answered {status} ({name}). Check the address, or copy the text and paste it.").format(
                status=status, name=name
            ),
        )


def _checked_type(value: str) -> str:
    kind = value.partition(";")[0].strip().lower()
    if not kind.startswith("text/") and kind not in _TYPES:
        raise refused(
            _("This address holds {kind}, not an article.").format(kind=kind[:80] or _("a file of unknown type"))
        )
    return value.strip()[:200]


def _too_large() -> DomainError:
    return DomainError(
        "fetch_too_large",
        _("The page is larger than {most} MB. Copy the article's text and paste it instead.").format(
            most=MOST_BYTES // 1_000_000
        ),
    )


def _is_certificate(error: BaseException) -> bool:
    return "CERTIFICATE" in str(error).upper()
