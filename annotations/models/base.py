"""What every table shares: a UUIDv7 key and the desk it belongs to. No table of its own."""

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
