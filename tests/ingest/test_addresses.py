"""Which addresses may be fetched. Nothing here leaves the machine: names are answered by a table."""

import socket
from ipaddress import ip_address

import pytest

from annotations.core.errors import DomainError
from annotations.ingest.addresses import is_public, target_of
from tests.ingest.site import resolving


@pytest.fixture(autouse=True)
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {
        "news.example": ["203.0.112.7"],
        "mixed.example": ["203.0.112.7", "10.0.0.1"],
        "inside.example": ["192.168.1.5"],
        "xn--mller-kva.example": ["203.0.112.8"],
    }
    monkeypatch.setattr(socket, "getaddrinfo", resolving(table))


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1",
        "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.51.100.1", "203.0.113.1",
        "224.0.0.1",
        "239.255.255.250", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1",
        "2002:7f00:1::", "2002:a00:1::", "3fff::1", "5f00::1", "fc00::1", "fd12::1", "fe80::1",
        "fe80::1%eth0", "fec0::1", "ff02::1",
    ],
)  # fmt: skip
def test_address_is_not_public(address: str) -> None:
    assert is_public(ip_address(address)) is False


@pytest.mark.parametrize("address", ["8.8.8.8", "203.0.112.7", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"])
def test_address_is_public(address: str) -> None:
    assert is_public(ip_address(address)) is True


@pytest.mark.parametrize(
    "url",
    [
        "http://2130706433/", "http://0x7f.1/", "http://0x7f000001/", "http://017700000001/", "http://127.1/",
        "http://127.0.0.1/", "http://127.0.0.1./", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[::]/",
        "http://[fe80::1%25eth0]/", "http://localhost/", "http://localhost./", "http://LOCALHOST/", "http://0/",
        "http://inside.example/", "http://mixed.example/", "http://news.example:8080/", "https://news.example:80/",
        "http://user:pw@news.example/", "http://user@news.example/", "http://news.example\\@inside.example/",
        "ftp://news.example/", "file:///etc/passwd", "javascript:alert(1)", "//news.example/", "news.example", "http://",
        "http:///a", "http://a b.example/", "http://a..b/", "http://%31.example/", "http://news.example:abc/",
        "http://news.example/\0", "http://" + "a" * 5000,
    ],
)  # fmt: skip
def test_address_is_refused(url: str) -> None:
    with pytest.raises(DomainError) as refused:
        target_of(url, (), 5)

    assert refused.value.code == "fetch_refused"
    assert refused.value.message.endswith(".")


def test_unknown_host_is_said_to_be_unknown() -> None:
    with pytest.raises(DomainError, match=r"There is no host nowhere\.example\.") as refused:
        target_of("https://nowhere.example/", (), 5)

    assert refused.value.code == "fetch_failed"


@pytest.mark.parametrize(
    ("url", "host", "header", "addresses"),
    [
        ("https://news.example/a?b=1#c", "news.example", "news.example", ("203.0.112.7",)),
        ("http://News.Example./", "news.example", "news.example", ("203.0.112.7",)),
        ("https://müller.example/ä", "xn--mller-kva.example", "xn--mller-kva.example", ("203.0.112.8",)),
        ("http://8.8.8.8/", "8.8.8.8", "8.8.8.8", ("8.8.8.8",)),
        ("http://[2606:4700::1111]/", "2606:4700::1111", "[2606:4700::1111]", ("2606:4700::1111",)),
    ],
)
def test_public_address_is_looked_up_once(url: str, host: str, header: str, addresses: tuple[str, ...]) -> None:
    target = target_of(url, (), 5)

    assert (target.host, target.host_header, target.addresses) == (host, header, addresses)
    assert "#" not in str(target.url)


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://inside.example/", "inside.example"),
        ("http://inside.example:8080/", "inside.example"),
        ("http://inside.example:8080/", "inside.example:8080"),
        ("http://inside.example/", "Inside.Example:80"),
        ("http://127.0.0.1:5000/", "127.0.0.1"),
        ("http://[::1]:5000/", "[::1]:5000"),
        ("http://[::1]/", "::1"),
    ],
)
def test_allowed_host_may_be_private(url: str, allowed: str) -> None:
    assert target_of(url, [allowed], 5).addresses


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://inside.example:8080/", "inside.example:80"),
        ("http://inside.example/", "example"),
        ("http://other.inside.example:81/", "inside.example"),
        ("http://127.0.0.1/", "127.0.0.2"),
        ("http://127.1/", "127.0.0.1"),
    ],
)
def test_only_that_host_and_port_are_allowed(url: str, allowed: str) -> None:
    with pytest.raises(DomainError) as refused:
        target_of(url, [allowed], 5)

    assert refused.value.code == "fetch_refused"
