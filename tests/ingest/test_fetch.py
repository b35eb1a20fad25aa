"""Fetching from a real server on the loopback interface, which has to be allowed by name for that."""

import socket
import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import ThreadingHTTPServer
from pathlib import Path

import certifi
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from annotations.core.errors import DomainError
from annotations.ingest import fetch as fetching
from annotations.ingest.fetch import Fetched, fetch
from tests.ingest.site import PAGE, Handler, resolving, running


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with running(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as number:
        yield number


@pytest.fixture
def base(port: int) -> str:
    Handler.seen.clear()
    return f"http://127.0.0.1:{port}"


def get(url: str) -> Fetched:
    return fetch(url, allowed_hosts=["127.0.0.1"])


def refusal(url: str) -> str:
    with pytest.raises(DomainError) as refused:
        get(url)
    assert refused.value.message.endswith(".")
    return refused.value.code


def test_page_comes_with_its_type_and_final_address(base: str) -> None:
    assert get(f"{base}/moved") == Fetched(PAGE, "text/html; charset=utf-8", f"{base}/page?from=moved")
    assert [path for path, _ in Handler.seen] == ["/moved", "/page?from=moved"]


def test_no_cookies_and_no_proxy(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")

    get(f"{base}/moved")

    assert all("Cookie" not in headers for _, headers in Handler.seen)
    assert Handler.seen[0][1]["Host"] == base.removeprefix("http://")


@pytest.mark.parametrize("path", ["gzip", "deflate", "bare-deflate"])
def test_packed_pages_are_unpacked(base: str, path: str) -> None:
    assert get(f"{base}/{path}").data == PAGE


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("missing", "fetch_status"),
        ("to-private", "fetch_failed"),
        ("to-metadata", "fetch_refused"),
        ("to-file", "fetch_refused"),
        ("to-nonsense", "fetch_refused"),
        ("loop", "fetch_failed"),
        ("bomb", "fetch_too_large"),
        ("announced", "fetch_too_large"),
        ("endless", "fetch_too_large"),
        ("cut", "fetch_failed"),
        ("cut-gzip", "fetch_failed"),
        ("no-gzip", "fetch_failed"),
        ("brotli", "fetch_failed"),
        ("picture", "fetch_refused"),
        ("untyped", "fetch_refused"),
        ("empty", "fetch_failed"),
    ],
)
def test_odd_answers_are_refused(base: str, path: str, code: str) -> None:
    assert refusal(f"{base}/{path}") == code


def test_redirect_to_a_private_address_is_checked_again(base: str, port: int) -> None:
    with pytest.raises(DomainError) as refused:
        fetch(f"{base}/to-private", allowed_hosts=[f"127.0.0.1:{port}"])

    assert refused.value.code == "fetch_refused"
    assert [path for path, _ in Handler.seen] == ["/to-private"]


def test_redirects_end_after_five(base: str) -> None:
    assert refusal(f"{base}/loop") == "fetch_failed"
    assert len(Handler.seen) == 6


@pytest.mark.parametrize("path", ["drip", "drip-head", "silence"])
def test_slow_drip_ends_with_the_time_for_everything(base: str, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "SECONDS", 0.8)
    began = time.monotonic()

    assert refusal(f"{base}/{path}") == "fetch_timeout"
    assert time.monotonic() - began < 30  # the server would take a minute


def test_slow_look_up_ends_with_the_time_for_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "SECONDS", 0.2)
    monkeypatch.setattr(socket, "getaddrinfo", sleeping)

    with pytest.raises(DomainError) as refused:
        fetch("https://slow.example/")

    assert refused.value.code == "fetch_timeout"


def test_closed_port_is_said_to_be_unreachable() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        number = listener.getsockname()[1]  # taken, so that nobody else opens it

        assert refusal(f"http://127.0.0.1:{number}/") == "fetch_failed"


def test_host_is_looked_up_once_so_that_it_cannot_change_its_address(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    look_up = resolving({"news.example": ["127.0.0.1"]})

    def counted(host: str, *args: object, **options: object) -> object:
        asked.append(host)
        return look_up(host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", counted)

    assert fetch(f"http://news.example:{port}/", allowed_hosts=["news.example"]).data == PAGE
    assert asked.count("news.example") == 1
    assert Handler.seen[-1][1]["Host"] == f"news.example:{port}"


@pytest.mark.parametrize(("host", "code"), [("news.example", ""), ("other.example", "fetch_failed")])
def test_certificate_must_be_for_the_host_in_the_address(
    host: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate_for("news.example", tmp_path / "pair.pem"))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    monkeypatch.setattr(certifi, "where", lambda: str(tmp_path / "pair.pem"))
    monkeypatch.setattr(socket, "getaddrinfo", resolving({host: ["127.0.0.1"]}))

    with running(server) as number:
        url = f"https://{host}:{number}/"
        if not code:
            assert fetch(url, allowed_hosts=[host]).data == PAGE
            return
        with pytest.raises(DomainError, match="no valid certificate") as refused:
            fetch(url, allowed_hosts=[host])

    assert refused.value.code == code


def sleeping(*args: object, **options: object) -> list[object]:
    time.sleep(1)
    return []


def certificate_for(host: str, path: Path) -> Path:
    """A certificate that vouches for itself, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now - timedelta(hours=1), now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path
