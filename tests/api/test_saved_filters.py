"""Saved filters over the API."""

from annotations.models import Desk
from tests.api.client import Api
from tests.people import People

BODY = {"page": "worklist", "name": "Open ones", "parameters": {"state": ["open"]}}


def test_own_filter_is_kept_listed_and_deleted(people: People, checker: Api) -> None:
    made = checker.send("POST", "filters/", {**BODY, "is_default": True})

    assert made.status_code == 201
    row = made.json()
    assert {**row, "id": None, "created": None} == {
        **BODY,
        "id": None,
        "created": None,
        "desk": None,
        "is_default": True,
    }
    assert checker.send("GET", "filters/?page=worklist").json()["results"] == [row]
    assert checker.send("GET", "filters/?page=articles").json()["results"] == []
    assert Api(people.checker2).send("GET", "filters/").json()["results"] == []
    assert checker.send("DELETE", f"filters/{row['id']}/").status_code == 204
    assert checker.send("GET", "filters/").json()["results"] == []


def test_desk_shares_one_by_its_administrator(people: People, desk: Desk, checker: Api) -> None:
    body = {**BODY, "desk": "demo"}

    refused = checker.send("POST", "filters/", body)
    hidden = Api(people.stranger).send("POST", "filters/", body)
    made = Api(people.admin).send("POST", "filters/", body)

    assert (refused.status_code, hidden.status_code, made.status_code) == (403, 404, 201)
    assert checker.send("GET", "filters/?desk=demo").json()["results"] == [made.json()]
    assert checker.send("DELETE", f"filters/{made.json()['id']}/").status_code == 403


def test_value_that_does_not_exist_and_name_that_is_taken_are_refused(checker: Api) -> None:
    wrong = checker.send("POST", "filters/", {**BODY, "parameters": {"state": ["ajar"]}})
    checker.send("POST", "filters/", BODY)
    twice = checker.send("POST", "filters/", BODY)

    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (400, "/parameters")
    assert wrong.json()["detail"] == "Nothing can be narrowed by state=ajar."
    assert (twice.status_code, twice.json()["code"]) == (409, "name_taken")
