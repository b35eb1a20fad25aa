"""Which web addresses may be fetched: http and https, public hosts only, unless the host was allowed by name.

The host is looked up once, here; what is connected to are the very addresses that were checked.
"""

import queue
import re
import socket
import threading
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

import httpx

from annotations.core.errors import DomainError
from annotations.core.wording import _, gettext_noop

LONGEST_URL: Final = 4_000
ADVICE: Final = gettext_noop("Copy the article's text and paste it instead.")
"""Follows each refusal; in English."""


PORTS: Final = {"http": 80, "https": 443}

IPAddress = IPv4Address | IPv6Address

_HOST: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?")
# https://url.spec.whatwg.org/#ends-in-a-number-checker: such a host is an IPv4 address in one of many spellings.
_NUMERIC: Final = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")
# Protocol assignments and the old 6to4 relays: Python 3.11 takes most of both for public.
_NOT_PUBLIC_4: Final = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"))
_PUBLIC_6: Final = IPv6Network("2000::/3")
_NAT64: Final = IPv6Network("64:ff9b::/96")
# Inside 2000::/3 yet not the public net: protocol assignments with Teredo and ORCHID, documentation (two of them).
_NOT_PUBLIC_6: Final = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "3fff::/20")))


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be fetched, taken apart. `host` without brackets, `addresses` looked up and checked."""

    url: httpx.URL
    host: str
    port: int
    addresses: tuple[str, ...]

    @property
    def host_header(self) -> str:
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return shown if self.port == PORTS[self.url.scheme] else f"{shown}:{self.port}"


def target_of(url: str, allowed_hosts: Collection[str], seconds: float) -> Target:
    """`allowed_hosts`: "host" or "host:port", lower case. `seconds`: the longest time for the look-up.

    Raises "fetch_refused", "fetch_failed", "fetch_timeout".
    """
    parsed = _parsed(url)
    host = parsed.raw_host.decode("ascii").lower().removesuffix(".")
    port = parsed.port or PORTS[parsed.scheme]
    is_allowed = _is_allowed(host, port, allowed_hosts)
    if not is_allowed and port != PORTS[parsed.scheme]:
        raise refused(_("Port {port} is not fetched from; web pages are on ports 80 and 443.").format(port=port))
    _check_spelling(host)
    found = _looked_up(host, port, seconds)
    if not is_allowed and not all(is_public(ip_address(address)) for address in found):
        raise refused(_("{host} is not on the public internet.").format(host=host))
    return Target(parsed, host, port, found)


def is_public(address: IPAddress) -> bool:
    """Can be reached by anybody; addresses that only wrap an IPv4 address are judged by that one."""
    if isinstance(address, IPv4Address):
        is_special = address.is_multicast or address.is_reserved or any(address in net for net in _NOT_PUBLIC_4)
        return address.is_global and not is_special
    if address.scope_id is not None:
        return False
    inner = _wrapped(address)
    if inner is not None:
        return is_public(inner)
    return address in _PUBLIC_6 and address.is_global and not any(address in network for network in _NOT_PUBLIC_6)


def refused(why: str) -> DomainError:
    return DomainError("fetch_refused", f"{why} {_(ADVICE)}")


def _wrapped(address: IPv6Address) -> IPv4Address | None:
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _parsed(url: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url.strip()) if len(url) <= LONGEST_URL else None
    except (httpx.InvalidURL, UnicodeError, ValueError):
        parsed = None
    if parsed is None or not parsed.raw_host:
        raise refused(_("This is no web address; it should look like https://example.org/article."))
    if parsed.scheme not in PORTS:
        raise refused(
            _("Only http and https addresses are fetched, not {scheme}.").format(scheme=parsed.scheme or _("this one"))
        )
    if parsed.userinfo or "@" in parsed.netloc.decode("ascii", "replace"):
        raise refused(_("Addresses with a user name or password in them are not fetched."))
    return parsed.copy_with(fragment=None)


def _is_allowed(host: str, port: int, allowed_hosts: Collection[str]) -> bool:
    names = {host, f"[{host}]"} if ":" in host else {host}
    wanted = names | {f"{name}:{port}" for name in names if ":" not in name or name.startswith("[")}
    return any(allowed.strip().lower() in wanted for allowed in allowed_hosts)


def _check_spelling(host: str) -> None:
    """Names, and addresses in their one usual spelling."""
    if ":" in host or _NUMERIC.fullmatch(host):
        if not _is_address(host):
            raise refused(_("{host} is an unusual way to write an address.").format(host=host[:100]))
    elif not _HOST.fullmatch(host) or ".." in host:
        raise refused(_("{host} is no name of a host.").format(host=host[:100]))


def _is_address(host: str) -> bool:
    try:
        return "%" not in host and bool(ip_address(host))
    except ValueError:
        return False


def _looked_up(host: str, port: int, seconds: float) -> tuple[str, ...]:
    """In a thread, because the system's resolver knows no time limit."""
    answers: queue.Queue[list[str] | None] = queue.Queue(1)
    threading.Thread(target=lambda: answers.put(_resolve(host, port)), daemon=True).start()
    try:
        found = answers.get(timeout=max(seconds, 0))
    except queue.Empty:
        raise DomainError(
            "fetch_timeout", _("Looking up {host} took too long. Try again later.").format(host=host)
        ) from None
    if not found:
        raise DomainError("fetch_failed", _("There is no host {host}. Check the address.").format(host=host))
    return tuple(dict.fromkeys(found))


def _resolve(host: str, port: int) -> list[str] | None:
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return None
    return [str(answer[4][0]) for answer in answers]
