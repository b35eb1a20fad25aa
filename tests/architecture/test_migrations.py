"""Migrations are complete and form one line: no model without one, no fork to be merged by whoever installs next."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    out = StringIO()
    try:
        call_command("makemigrations", "--check", "--dry-run", stdout=out, stderr=out)
    except SystemExit:
        pytest.fail(out.getvalue())


def test_migrations_form_one_line() -> None:
    graph = MigrationLoader(None).graph
    ours = [key for key in graph.nodes if key[0] == "annotations"]

    parents = {key: [parent for parent in graph.nodes[key].dependencies if parent[0] == "annotations"] for key in ours}

    assert graph.leaf_nodes("annotations") == [max(ours)]
    assert sorted(len(found) for found in parents.values()) == [0] + [1] * (len(ours) - 1)
