"""manage.py serve: prepare the database, load the demo, and answer requests until SIGINT or SIGTERM."""

import gc
import json
import signal
import socket
import sys
from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn, cast

import uvicorn
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.utils.module_loading import import_string

from annotations.management.crew import Crew
from annotations.management.worker import Worker, work

DEMO = Path(__file__).resolve().parents[1] / "demo" / "desks.json"
LOOPBACK = ("127.0.0.1", "::1", "localhost")
MIGRATION_LOCK = 7_305_102  # two servers that start at once migrate one after the other
GRACE = 10  # seconds for running requests at the end
IDLE = 75  # seconds for which a connection is kept open: people think longer than uvicorn's five


class Command(BaseCommand):
    help = "Run the site: starts and migrates the database, loads the demo once (not in production), and serves."
    requires_system_checks: list[str] = []  # a start is to be quick; make test and make lint run the checks

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
        parser.add_argument("--port", type=int, default=settings.PORT, help="port (default: PORT, or 8000)")
        parser.add_argument("--no-demo", action="store_true", help="do not load the demo")

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, _leave)
        signal.signal(signal.SIGINT, _leave)
        demo = not options["no_demo"] and not settings.PRODUCTION and DEMO.exists()
        self._refuse_the_careless(options["host"], demo)
        listener = self._listen(options["host"], options["port"])
        self._migrate()
        if demo:
            call_command("seed_demo", verbosity=0, stdout=_Silence())
        connections.close_all()
        self._announce(options["host"], options["port"], demo)
        _run(listener)

    def _refuse_the_careless(self, host: str, demo: bool) -> None:
        if settings.PRODUCTION and not Path(str(settings.STATIC_ROOT), "staticfiles.json").exists():
            self._fail("The static files are not collected. Run: python manage.py collectstatic --no-input")
        if demo and host not in LOOPBACK and settings.DEMO_PASSWORD == settings.KNOWN_DEMO_PASSWORD:
            self._fail("The demo's password is known to everybody. Add --no-demo, or set DEMO_PASSWORD.")

    def _listen(self, host: str, port: int) -> socket.socket:
        """Take the port before anything slow happens; who connects early waits."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
            # Only with the protocol named does asyncio set TCP_NODELAY; else an answer waits 40 ms to be acknowledged.
            listener = socket.socket(*found[0][:3])
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(found[0][4])
            listener.listen(2048)
            return listener
        except OSError as error:
            self._fail(
                f"Cannot listen on {host}:{port} ({error.strerror}). Stop what runs there, or choose another port: "
                "PORT=8001 make run"
            )

    def _migrate(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                self.stdout.write("Preparing the database ...")
                call_command("migrate", verbosity=0, interactive=False)
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])

    def _announce(self, host: str, port: int, demo: bool) -> None:
        shown = f"[{host}]" if ":" in host else host
        self.stdout.write(f"Factcheck runs at http://{shown}:{port}/ (stop it with Ctrl+C)")
        if demo:
            accounts = json.loads(DEMO.read_text(encoding="utf-8"))["accounts"]
            names = ", ".join(account["username"] for account in accounts)
            self.stdout.write(f"Demo accounts: {names}. Password of each: {settings.DEMO_PASSWORD}")
        self.stdout.flush()

    def _fail(self, sentence: str) -> NoReturn:
        self.stderr.write(sentence)
        sys.exit(1)


class _Silence:
    def write(self, _text: str) -> None:
        """seed_demo reports to whoever calls it by hand."""


def _run(listener: socket.socket) -> None:
    # First, since it switches the pool on: a connection from before would be closed as if it came from the pool.
    application = import_string(settings.ASGI_APPLICATION)
    import_module(settings.ROOT_URLCONF)  # with all that the first request would load
    gc.collect()
    gc.freeze()  # what is loaded by now stays for good: no use in looking through it again and again
    if settings.WEB_PROCESSES > 1:
        answering = [lambda: _answer(application, listener)] * settings.WEB_PROCESSES
        Crew([*answering, *([work] if settings.WORKER == "server" else [])]).run()
        return
    worker = Worker() if settings.WORKER == "server" else None
    try:
        _answer(application, listener)
    finally:
        if worker:
            worker.stop()


def _answer(application: Any, listener: socket.socket) -> None:
    """Until SIGINT or SIGTERM."""
    config = uvicorn.Config(
        application,
        access_log=False,
        log_config=None,
        forwarded_allow_ips=settings.FORWARDED_ALLOW_IPS,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
        timeout_keep_alive=IDLE,
        ws="none",
        http=settings.HTTP_PROTOCOL,
        loop="uvloop",
    )
    try:
        _Server(config).run(sockets=[listener])
    finally:
        connections.close_all()
        for each in connections.all():
            cast(DatabaseWrapper, each).close_pool()


class _Server(uvicorn.Server):
    """Tells the application first that it stops: streams of events never end by themselves."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        cast(Any, self.config.app).close()
        await super().shutdown(sockets)


def _leave(_signal: int, _frame: object) -> NoReturn:
    sys.exit(0)
