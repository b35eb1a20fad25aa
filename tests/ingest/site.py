"""A web server on the loopback interface that answers as oddly as the web does."""

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = b"<html><body><p>A sentence of it.</p></body></html>"
BOMB = gzip.compress(b"\0" * 40_000_000)


class Handler(BaseHTTPRequestHandler):
    seen: list[tuple[str, dict[str, str]]] = []
    """Path and headers of each request."""

    def do_GET(self) -> None:
        self.seen.append((self.path, dict(self.headers)))
        name = self.path.partition("?")[0].strip("/").replace("-", "_") or "page"
        getattr(self, f"send_{name}", self.send_missing)()

    def log_message(self, format: str, *args: object) -> None:
        """Silence."""

    def answer(self, body: bytes, status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str) -> None:
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", headers.get("Content_Length", str(len(body))))
        self.end_headers()
        self.wfile.write(body)

    def to(self, location: str, status: int = 302) -> None:
        self.answer(b"", status, Location=location, Set_Cookie="id=1; Path=/")

    def send_missing(self) -> None:
        self.answer(b"none", 404)

    def send_page(self) -> None:
        self.answer(PAGE, Set_Cookie="id=1; Path=/")

    def send_moved(self) -> None:
        self.to("/page?from=moved#part", 301)

    def send_to_private(self) -> None:
        self.to("http://127.0.0.1:1/secret")

    def send_to_metadata(self) -> None:
        self.to("http://169.254.169.254/latest/")

    def send_to_file(self) -> None:
        self.to("file:///etc/passwd")

    def send_to_nonsense(self) -> None:
        self.to("http://[broken")

    def send_loop(self) -> None:
        self.to("/loop")

    def send_gzip(self) -> None:
        self.answer(gzip.compress(PAGE[:20]) + gzip.compress(PAGE[20:]), Content_Encoding="gzip")

    def send_deflate(self) -> None:
        self.answer(zlib.compress(PAGE), Content_Encoding="deflate")

    def send_bare_deflate(self) -> None:
        packer = zlib.compressobj(wbits=-15)
        self.answer(packer.compress(PAGE) + packer.flush(), Content_Encoding="deflate")

    def send_bomb(self) -> None:
        self.answer(BOMB, Content_Encoding="gzip")

    def send_cut_gzip(self) -> None:
        self.answer(gzip.compress(PAGE)[:-9], Content_Encoding="gzip")

    def send_no_gzip(self) -> None:
        self.answer(PAGE, Content_Encoding="gzip")

    def send_brotli(self) -> None:
        self.answer(PAGE, Content_Encoding="br")

    def send_picture(self) -> None:
        self.answer(b"\x89PNG", kind="image/png")

    def send_untyped(self) -> None:
        self.answer(PAGE, kind="")

    def send_empty(self) -> None:
        self.answer(b"")

    def send_announced(self) -> None:
        self.answer(b"x", Content_Length="10000001")

    def send_cut(self) -> None:
        self.answer(PAGE, Content_Length="1000")
        self.close_connection = True

    def send_endless(self) -> None:
        self.open_ended()
        self.trickle(b"x" * 1_000_000, 0)

    def send_silence(self) -> None:
        time.sleep(60)

    def send_drip(self) -> None:
        self.open_ended()
        self.trickle(b"x", 0.1)

    def send_drip_head(self) -> None:
        self.trickle(b"H", 0.1)

    def open_ended(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()

    def trickle(self, part: bytes, pause: float) -> None:
        for _ in range(600):
            try:
                self.wfile.write(part)
                self.wfile.flush()
            except OSError:
                return
            time.sleep(pause)


@contextmanager
def running(server: ThreadingHTTPServer) -> Iterator[int]:
    """Yields the port."""
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def resolving(answers: dict[str, list[str]]):  # type: ignore[no-untyped-def]
    """A stand-in for socket.getaddrinfo that knows these names only; addresses are passed through."""
    real = socket.getaddrinfo

    def look_up(host, port, *args, **options):  # type: ignore[no-untyped-def]
        if host in answers:
            return [entry for address in answers[host] for entry in real(address, port, *args, **options)]
        if host.replace(".", "").isdigit() or ":" in host or host == "localhost":
            return real(host, port, *args, **options)
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    return look_up
