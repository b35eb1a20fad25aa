"""Secrets of webhooks at rest: sealed under the site's key, through a change of it too."""

import importlib
import logging
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from annotations.core.errors import DomainError
from annotations.models import Delivery, Desk, Event, Webhook
from annotations.services.deliveries import deliver, note_events
from annotations.services.sealing import unseal
from annotations.services.webhooks import create_webhook
from tests.people import People

OLD = "the key of before, 0123456789-0123456789-0123456789"


def made(desk: Desk, people: People) -> tuple[Webhook, str]:
    return create_webhook(desk_id=desk.pk, actor=people.admin, url="http://localhost:9/")


def stored() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_json(w)::text FROM annotations_webhook w")
        return str(cursor.fetchone()[0])


def test_secret_is_nowhere_in_plain_text(desk: Desk, people: People, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        webhook, secret = made(desk, people)

    events = str(list(Event.objects.values()))
    assert secret.startswith("whsec_")
    assert unseal(webhook.sealed_secret) == secret
    for text in (stored(), events, caplog.text, repr(webhook)):
        assert secret not in text
        assert secret.removeprefix("whsec_") not in text
    assert webhook.sealed_secret not in events


def test_database_refuses_plain_text(desk: Desk, people: People) -> None:
    webhook, secret = made(desk, people)

    with pytest.raises(IntegrityError, match="webhook_secret_sealed"), transaction.atomic():
        Webhook.objects.filter(pk=webhook.pk).update(sealed_secret=secret)


def test_equal_secrets_look_different(desk: Desk, people: People, settings: Any) -> None:
    webhook, secret = made(desk, people)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    before = webhook.sealed_secret

    call_command("reseal_secrets")

    webhook.refresh_from_db()
    assert (webhook.sealed_secret != before, unseal(webhook.sealed_secret)) == (True, secret)


def test_key_is_changed_without_losing_a_secret(desk: Desk, people: People, settings: Any, capsys: Any) -> None:
    new, settings.SECRET_KEY = settings.SECRET_KEY, OLD
    webhook, secret = made(desk, people)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = new, [OLD]
    assert unseal(webhook.sealed_secret) == secret

    call_command("reseal_secrets")

    settings.SECRET_KEY_FALLBACKS = []
    webhook.refresh_from_db()
    assert unseal(webhook.sealed_secret) == secret
    assert capsys.readouterr().out == "1 secret sealed under the current key.\n"


def test_lost_key_is_said_and_changes_nothing(desk: Desk, people: People, settings: Any) -> None:
    webhook, _ = made(desk, people)
    before = webhook.sealed_secret
    note_events()
    settings.SECRET_KEY = OLD

    with pytest.raises(CommandError, match="SECRET_KEY_FALLBACKS"):
        call_command("reseal_secrets")
    with pytest.raises(DomainError, match="neither the current one"):
        unseal(before)
    deliver(Delivery.objects.get().pk, {"type": "x"})

    webhook.refresh_from_db()
    assert webhook.sealed_secret == before
    assert "SECRET_KEY_FALLBACKS" in Delivery.objects.get().detail


def test_what_lay_in_plain_text_is_sealed_by_the_migration(desk: Desk, people: People) -> None:
    migration = importlib.import_module("annotations.migrations.0018_sealed_secrets")
    webhook, secret = made(desk, people)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE annotations_webhook DROP CONSTRAINT webhook_secret_sealed")
    Webhook.objects.update(sealed_secret=secret)

    for _ in range(2):  # the second time there is nothing left to do
        migration.seal(apps, None)
        webhook.refresh_from_db()
        assert (webhook.sealed_secret.startswith("whsec_"), unseal(webhook.sealed_secret)) == (False, secret)
    migration.unseal(apps, None)

    webhook.refresh_from_db()
    assert webhook.sealed_secret == secret
