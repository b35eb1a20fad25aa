"""Webhooks, from the history to the address: signed, repeated until taken, by the real worker."""

import base64
import datetime as dt
import hashlib
import hmac
import io
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from annotations import jobs
from annotations.core.bulk import BulkAction, Chosen, Order
from annotations.core.drafts import AttributionDraft
from annotations.core.states import AnnotationState
from annotations.formats.readers import Reading
from annotations.models import Annotation, Article, Delivery, Desk, Event, Webhook
from annotations.services import deliveries
from annotations.services.bulk import act_on_several
from annotations.services.evidence import add_attribution
from annotations.services.history import record
from annotations.services.identities import keep_identity
from annotations.services.imports import Options, import_file
from annotations.services.sealing import unseal
from annotations.services.webhooks import create_webhook, replay_delivery, set_webhook_active
from tests.factories import annotate
from tests.operations.receiver import Receiver, receiver
from tests.operations.worker import work
from tests.people import People
from tests.states import annotation_at

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_jobs() -> None:
    """Jobs of the test before: procrastinate's tables are not Django's to empty."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_periodic_defers CASCADE")


@pytest.fixture
def address(settings: Any) -> Iterator[Receiver]:
    with receiver() as server:
        settings.WEBHOOK_ALLOWED_HOSTS = [server.host]
        yield server


@pytest.fixture
def webhook(desk: Desk, people: People, address: Receiver) -> Webhook:
    return create_webhook(desk_id=desk.pk, actor=people.admin, url=address.url)[0]


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second attempt comes an hour after the first, which no machine is too slow for."""
    monkeypatch.setattr(deliveries, "WAITS", (3600, *deliveries.WAITS[1:]))


def sent(address: Receiver) -> list[str]:
    return [json.loads(body)["type"] for _, body in address.got]


def test_the_worker_tells_an_address_what_happened(
    webhook: Webhook, address: Receiver, article: Article, people: People
) -> None:
    annotation = annotation_at(AnnotationState.WITHDRAWN, article, people)

    work()

    assert set(sent(address)) == {"webhook.add_webhook", "article.import", "article.start", "annotation.create",
                                  "annotation.withdraw"}  # fmt: skip
    message = next(json.loads(body) for _, body in address.got if b'"annotation.withdraw"' in body)
    assert message["data"]["annotation"] == str(annotation.pk)
    assert message["data"]["after"]["state"] == "withdrawn"
    assert message["timestamp"] == message["data"]["created"]
    assert set(Delivery.objects.values_list("state", "attempts", "status")) == {("delivered", 1, 204)}


def test_a_message_is_signed_by_the_specification(webhook: Webhook, address: Receiver) -> None:
    began = int(time.time())
    work()

    ((headers, body),) = address.got
    id, seconds = headers["webhook-id"], headers["webhook-timestamp"]
    key = base64.b64decode(unseal(webhook.sealed_secret).removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, f"{id}.{seconds}.".encode() + body, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert began <= int(seconds) <= time.time()
    assert headers["content-type"] == "application/json"


def test_each_event_is_recorded_once_and_sent_again_until_it_is_taken(
    webhook: Webhook, address: Receiver, unhurried: None
) -> None:
    address.answers = [500, 302]

    work()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts, delivery.status) == ("waiting", 1, 500)
    assert delivery.detail == "The address answered 500."

    message: dict[str, Any] = {"type": "x"}
    assert deliveries.deliver(delivery.pk, message) == 30
    delivery.refresh_from_db()
    assert (delivery.attempts, delivery.status) == (2, 302)
    assert deliveries.deliver(delivery.pk, message) is None
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.detail) == ("delivered", 3, "")
    assert deliveries.deliver(delivery.pk, message) is None
    assert len(address.got) == 3
    assert len({headers["webhook-id"] for headers, _ in address.got}) == 1


def test_an_address_that_hangs_up_is_tried_again(webhook: Webhook, address: Receiver, unhurried: None) -> None:
    address.answers = [0]

    work()

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts, delivery.status) == ("waiting", 1, None)
    assert delivery.detail == "127.0.0.1 broke the connection off or refused it."


def test_nothing_that_an_import_or_a_change_to_several_wrote_is_skipped(
    webhook: Webhook, address: Receiver, desk: Desk, people: People
) -> None:
    document = {"text": "One two three.", "annotations": [{"start": 0, "end": 3}, {"start": 4, "end": 7}]}
    documents = Reading("jsonl", io.BytesIO(json.dumps(document).encode()))
    import_file(desk_id=desk.pk, actor=people.checker, documents=documents, options=Options())
    rows = Annotation.objects.filter(desk=desk)
    chosen = [Chosen(row.pk, row.version) for row in rows]
    act_on_several(actor=people.checker, order=Order(BulkAction.WITHDRAW, reason="No."), chosen=chosen)

    work()

    told = sorted(sent(address))
    assert [told.count(kind) for kind in ("annotation.create", "annotation.withdraw")] == [2, 2]
    assert len(told) == Event.objects.filter(desk=desk, number__gt=webhook.position).count()


def test_the_job_comes_back_after_the_wait_that_the_service_names(
    webhook: Webhook, address: Receiver, unhurried: None
) -> None:
    address.answers = [500]
    began = timezone.now()
    work()

    job = ProcrastinateJob.objects.get(task_name="deliver")
    assert (job.status, job.attempts) == ("todo", 1)
    assert job.scheduled_at is not None
    assert began < job.scheduled_at - dt.timedelta(hours=1) < timezone.now()


def test_after_the_last_attempt_a_delivery_has_failed_and_can_be_replayed(
    webhook: Webhook, address: Receiver, people: People
) -> None:
    deliveries.note_events()
    delivery = Delivery.objects.get()
    Delivery.objects.update(attempts=len(deliveries.WAITS), queued=True)
    address.answers = [410]
    assert deliveries.deliver(delivery.pk, {}) is None
    delivery.refresh_from_db()
    assert delivery.state == "failed"

    replay_delivery(delivery_id=delivery.pk, actor=people.admin)
    work()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("delivered", 1)


def test_events_written_in_bulk_are_not_skipped(webhook: Webhook, desk: Desk) -> None:
    Event.objects.bulk_create(
        Event(desk=desk, action="edit", object_type="desk", object_id=desk.pk) for _ in range(deliveries.BATCH + 5)
    )

    assert deliveries.note_events() is True
    assert deliveries.note_events() is False

    assert Delivery.objects.count() == deliveries.BATCH + 6
    assert deliveries.note_events() is False


def test_only_chosen_actions_are_told_and_nothing_confidential(
    desk: Desk, people: People, address: Receiver, article: Article
) -> None:
    create_webhook(desk_id=desk.pk, actor=people.admin, url=address.url, actions=["withdraw", "keep_identity"])
    annotation: Annotation = annotate(article, people.checker, "nine")
    source, _ = add_attribution(annotation_id=annotation.pk, actor=people.checker, draft=AttributionDraft("A clerk"))
    keep_identity(attribution_id=source.pk, actor=people.checker, content="Jane Roe")
    annotation_at(AnnotationState.WITHDRAWN, article, people, "leader")

    work()

    assert sent(address) == ["annotation.withdraw"]


def test_a_paused_webhook_is_told_everything_when_it_goes_on(
    webhook: Webhook, address: Receiver, people: People, desk: Desk
) -> None:
    deliveries.note_events()
    (queued,) = deliveries.to_queue()
    deliveries.queued([queued])
    set_webhook_active(webhook_id=webhook.pk, actor=people.admin, active=False)
    assert deliveries.deliver(queued, {}) is None
    record(desk, actor=None, action="edit", after={})
    work()
    assert address.got == []

    set_webhook_active(webhook_id=webhook.pk, actor=people.admin, active=True)
    work()

    assert sorted(sent(address)) == ["desk.edit", "webhook.add_webhook", "webhook.pause_webhook",
                                     "webhook.resume_webhook"]  # fmt: skip


def test_what_a_killed_worker_was_at_is_done_again(webhook: Webhook, address: Receiver) -> None:
    deliveries.note_events()
    (delivery,) = deliveries.to_queue()
    jobs.deliver.configure(lock=f"delivery {delivery}").defer(delivery=str(delivery))
    deliveries.queued([delivery])
    jobs.note_events.defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")  # by nobody who is still there

    jobs.free_stalled.defer(timestamp=0)
    work()
    record(webhook.desk, actor=None, action="edit", after={})
    work()

    assert sent(address) == ["webhook.add_webhook", "desk.edit"]
    assert list(ProcrastinateJob.objects.filter(status="doing")) == []


def test_an_address_that_became_private_is_not_told(webhook: Webhook, address: Receiver, settings: Any) -> None:
    settings.WEBHOOK_ALLOWED_HOSTS = []

    work()

    assert address.got == []
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.status) == ("waiting", None)
    assert "Port" in delivery.detail or "not on the public internet" in delivery.detail
