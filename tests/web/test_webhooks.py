"""The page of a desk's webhooks: for administrators, with the secret shown once."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from annotations.models import Delivery, Desk, User, Webhook
from annotations.services.deliveries import note_events
from annotations.services.sealing import unseal
from annotations.services.webhooks import create_webhook
from tests.people import People

As = Callable[[User], Client]


def test_an_administrator_adds_a_webhook_and_sees_its_secret_once(desk: Desk, people: People, as_user: As) -> None:
    admin = as_user(people.admin)

    made = admin.post("/desks/demo/webhooks/", {"url": "http://localhost:9/", "actions": "approve, withdraw"})

    webhook = Webhook.objects.get()
    assert (webhook.url, webhook.actions) == ("http://localhost:9/", ["approve", "withdraw"])
    assert made.status_code == 200
    assert unseal(webhook.sealed_secret) in made.content.decode()
    later = admin.get("/desks/demo/webhooks/").content.decode()
    assert not any(secret in later for secret in (unseal(webhook.sealed_secret), webhook.sealed_secret))


def test_a_private_address_is_refused_with_the_reason(desk: Desk, people: People, as_user: As) -> None:
    response = as_user(people.admin).post("/desks/demo/webhooks/", {"url": "http://127.0.0.1/", "actions": ""})

    assert response.status_code == 422
    assert "127.0.0.1 is not on the public internet." in response.content.decode()
    assert not Webhook.objects.exists()


def test_others_are_told_who_may(desk: Desk, people: People, as_user: As) -> None:
    response = as_user(people.head).get("/desks/demo/webhooks/")

    assert response.status_code == 403
    assert "Only an administrator of this desk can change its settings." in response.content.decode()


def test_deliveries_are_shown_and_sent_again(desk: Desk, people: People, as_user: As) -> None:
    webhook, _ = create_webhook(desk_id=desk.pk, actor=people.admin, url="http://localhost:9/")
    note_events()
    Delivery.objects.update(state="failed", attempts=9, detail="The address answered 410.")
    admin = as_user(people.admin)
    assert "The address answered 410." in admin.get("/desks/demo/webhooks/").content.decode()

    response = admin.post(f"/deliveries/{Delivery.objects.get().pk}/replay/")

    assert response.headers["Location"] == "/desks/demo/webhooks/"
    assert list(Delivery.objects.values_list("state", "attempts", "queued")) == [("waiting", 0, False)]
    assert "is sent again." in admin.get("/desks/demo/webhooks/").content.decode()
    admin.post(f"/webhooks/{webhook.pk}/", {"active": "no"})
    assert "Paused. What happens now waits." in admin.get("/desks/demo/webhooks/").content.decode()
    webhook.refresh_from_db()
    assert webhook.active is False


def test_older_deliveries_are_paged_through_and_sent_again_where_they_stand(
    desk: Desk, people: People, as_user: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotations.queries.webhook_rows.A_PAGE", 6)
    for number in range(5):  # each is told of itself and of those that come after it: 15 deliveries
        create_webhook(desk_id=desk.pk, actor=people.admin, url=f"http://localhost:9/{number}")
    note_events()
    oldest = Delivery.objects.order_by("id").values("pk")[:4]
    Delivery.objects.filter(pk__in=oldest).update(state="failed", detail="The address answered 410.")
    admin = as_user(people.admin)

    def shown(address: str) -> tuple[str, int, str]:
        page = admin.get(f"/desks/demo/webhooks/{address}").content.decode()
        following = re.search(r'rel="next" href="([^"#]+)', page)
        return page, page.count('<th scope="row">'), unescape(following[1]) if following else ""

    pages = [shown("")]
    pages.append(shown(pages[0][2]))
    pages.append(shown(pages[1][2]))
    assert [count for _, count, _ in pages] == [6, 6, 3]
    assert pages[2][2] == ""
    assert "The address answered 410." not in pages[0][0]
    assert "First page" in pages[1][0]
    failed, count, following = shown("?state=failed")
    assert (count, following) == (4, "")
    way = unescape(re.search(r'action="(/deliveries/[^"]+)"', failed)[1])  # type: ignore[index]
    answer = admin.post(way)
    assert answer.headers["Location"] == "/desks/demo/webhooks/?state=failed"
    assert shown("?state=failed")[1] == 3
    assert "No delivery matches." in shown("?state=delivered")[0]
    assert shown("?state=else&before=x")[1] == 6
