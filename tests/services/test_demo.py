"""The demo loads once, whole, through the ordinary services."""

import json

import pytest

from annotations.core.states import Role
from annotations.management.commands.seed_demo import FOLDER
from annotations.models import Annotation, Article, Comment, Link, Membership, User
from annotations.services.demo import load_demo


@pytest.mark.django_db
def test_demo_loads_once_with_every_annotation_in_its_place() -> None:
    files = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((FOLDER / "articles").glob("*.json"))]

    first = load_demo(FOLDER, "factcheck")
    second = load_demo(FOLDER, "factcheck")

    assert (first, second) == (True, False)
    assert sorted(Article.objects.values_list("title", "byline", "language")) == sorted(
        (each["title"], each["byline"], each["language"]) for each in files
    )
    assert sorted(Annotation.objects.values_list("exact", "claim")) == sorted(
        (each["quote"], each["claim"]) for file in files for each in file["annotations"]
    )
    assert Link.objects.filter(kind="contradicts").exists()
    assert Annotation.objects.exclude(fragments=[]).exists()
    assert Comment.objects.exists()


@pytest.mark.django_db
def test_demo_accounts_hold_their_roles() -> None:
    load_demo(FOLDER, "factcheck")

    held = {
        (member.user.username, member.desk.slug): set(member.roles)
        for member in Membership.objects.select_related("user", "desk")
    }
    assert held == {
        ("checker", "demo"): {Role.CHECKER},
        ("checker2", "demo"): {Role.CHECKER},
        ("reviewer", "demo"): {Role.REVIEWER},
        ("reviewer2", "demo"): {Role.REVIEWER, Role.CORRECTIONS_EDITOR},
        ("head", "demo"): {Role.HEAD},
        ("reader", "demo"): {Role.READER},
        ("admin", "demo"): {Role.ADMINISTRATOR},
        ("stranger", "other"): {Role.CHECKER},
    }
    assert User.objects.get(username="checker").check_password("factcheck")
