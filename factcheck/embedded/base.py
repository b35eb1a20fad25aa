"""The engine itself: Django's own for PostgreSQL, plus "make sure the embedded server runs" before connecting."""

from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base

from factcheck.embedded.server import running_server


class DatabaseWrapper(base.DatabaseWrapper):
    """OPTIONS needs `folder` (where the cluster's files live) and may say `durable` (False only in tests)."""

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        server = running_server(Path(params.pop("folder")), durable=params.pop("durable", True))
        return {**params, "host": str(server.socket_folder)}
