"""Sends one message to an address on the web: public hosts only, no redirects, within limits of time and size."""

import ssl
from collections.abc import Collection, Sequence
from typing import Final

import httpcore
import httpx

from annotations.core.errors import DomainError
from annotations.core.wording import _
from annotations.ingest.addresses import ADVICE, Target, target_of
from annotations.ingest.connection import Deadline, PinnedBackend

SECONDS: Final = 15.0
"""For everything: look-up, connection, the answer's head."""


def check_address(url: str, *, allowed_hosts: Collection[str] = ()) -> None:
    """Raises "fetch_refused", "fetch_failed" and "fetch_timeout" when nothing could be sent there."""
    _target(url, allowed_hosts, SECONDS)


def post(url: str, body: bytes, headers: Sequence[tuple[str, str]], *, allowed_hosts: Collection[str] = ()) -> int:
    """The status of the answer. The address is looked up and checked anew each time; a redirect is not followed.

    Raises "fetch_refused", "fetch_failed", "fetch_timeout".
    """
    deadline = Deadline(SECONDS)
    target = _target(url, allowed_hosts, deadline.left())
    try:
        return _posted(target, body, headers, deadline)
    except httpcore.TimeoutException:
        sentence = _("{host} did not answer within {seconds:.0f} seconds.").format(host=target.host, seconds=SECONDS)
        raise DomainError("fetch_timeout", sentence) from None
    except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError, OSError):
        raise DomainError(
            "fetch_failed", _("{host} broke the connection off or refused it.").format(host=target.host)
        ) from None


def _target(url: str, allowed_hosts: Collection[str], seconds: float) -> Target:
    try:
        return target_of(url, allowed_hosts, seconds)
    except DomainError as error:
        raise DomainError(error.code, error.message.removesuffix(f" {_(ADVICE)}")) from None


def _posted(target: Target, body: bytes, headers: Sequence[tuple[str, str]], deadline: Deadline) -> int:
    backend = PinnedBackend(target.addresses, deadline)
    context = httpx.create_ssl_context(trust_env=False) if target.url.scheme == "https" else None
    address = httpcore.URL(
        scheme=target.url.raw_scheme, host=target.host.encode(), port=target.port, target=target.url.raw_path
    )
    sent = [
        ("Host", target.host_header),
        ("Content-Length", str(len(body))),
        ("User-Agent", "Factcheck webhook"),
        ("Connection", "close"),
        *headers,
    ]
    with (
        httpcore.ConnectionPool(ssl_context=context, network_backend=backend) as pool,
        pool.stream("POST", address, headers=sent, content=body) as response,
    ):
        return response.status
