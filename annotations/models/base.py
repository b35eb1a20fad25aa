"""What every table shares: a UUIDv7 key. No table of its own.

Foreign keys with `db_constraint=False` are guarded by a composite one in migrations/sql/0002_guards.sql, which also
keeps both ends on one desk, or by a look at all that a statement adds (0014_imports.sql, 0023_bulk_in_one_look.sql,
0028_lighter_guards.sql).
"""

import uuid

import uuid_utils.compat
from django.db import models


def new_id() -> uuid.UUID:
    """A UUIDv7: sorts by time of creation, can be made by any process or client."""
    return uuid_utils.compat.uuid7()


class Row(models.Model):
    """A row with a UUIDv7 key."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True
