"""Clients of the API: one a person, each with a token of its own."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from annotations.models import User
from annotations.services.tokens import create_token
from tests.people import People

As = Callable[[User | None], APIClient]


@pytest.fixture
def api() -> As:
    """The client of a person; of nobody when None."""

    def client(user: User | None) -> APIClient:
        made = APIClient()
        if user is not None:
            made.credentials(HTTP_AUTHORIZATION=f"Bearer {create_token(user=user, name='test')[1]}")
        return made

    return client


@pytest.fixture
def checker(api: As, people: People) -> APIClient:
    return api(people.checker)
