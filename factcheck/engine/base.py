"""Django's engine for PostgreSQL, 15 or later, which starts the embedded server when its settings name a folder."""

from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.features import DatabaseFeatures as PostgresFeatures
from django.db.utils import OperationalError

from factcheck.embedded.server import running_server
from factcheck.embedded.system import EmbeddedError


class DatabaseFeatures(PostgresFeatures):
    minimum_database_version = (15,)  # Django refuses an older server when the first connection opens


class DatabaseWrapper(base.DatabaseWrapper):
    """OPTIONS may have `folder` (the embedded cluster's files) and `durable` (False only in tests)."""

    features_class = DatabaseFeatures

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        folder, durable = params.pop("folder", None), params.pop("durable", True)
        if folder is None:
            return params
        try:
            server = running_server(Path(folder), durable=durable)
        except EmbeddedError as error:
            raise OperationalError(str(error)) from error
        return {**params, "host": str(server.socket_folder)}
