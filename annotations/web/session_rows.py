"""Where sessions are kept: as Django keeps them in the database, but read by a prepared statement on every request."""

import datetime as dt
from typing import Any, Final

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from annotations.models.compiled import Compiled

_LIVE: Final[Compiled[Session]] = Compiled(
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now),
    key="a key",
    now=dt.datetime(2000, 1, 1, tzinfo=dt.UTC),
)


class SessionStore(DatabaseStore):
    def load(self) -> dict[str, Any]:
        found = _LIVE.first(key=self.session_key, now=timezone.now())
        # Django looks once more and forgets the key.
        loaded: dict[str, Any] = self.decode(found.session_data) if found else super().load()
        return loaded
