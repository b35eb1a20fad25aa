"""The demo desks and accounts: who may sign in, where, and as what."""

import json
from pathlib import Path

from annotations.core.states import Role

DEMO = Path(__file__).resolve().parents[2] / "annotations" / "management" / "demo"
DESKS = json.loads((DEMO / "desks.json").read_text(encoding="utf-8"))


def test_accounts_hold_known_roles_on_known_desks():
    desks = [desk["slug"] for desk in DESKS["desks"]]

    assert desks == ["demo", "other"]
    assert {account["desk"] for account in DESKS["accounts"]} == set(desks)
    assert {role for account in DESKS["accounts"] for role in account["roles"]} == set(Role)
    assert [account["username"] for account in DESKS["accounts"]] == [
        "checker",
        "checker2",
        "reviewer",
        "reviewer2",
        "head",
        "reader",
        "admin",
        "stranger",
    ]


def test_the_administrator_has_no_editorial_role():
    (admin,) = (account for account in DESKS["accounts"] if Role.ADMINISTRATOR in account["roles"])

    assert (admin["username"], admin["roles"]) == ("admin", [Role.ADMINISTRATOR])
