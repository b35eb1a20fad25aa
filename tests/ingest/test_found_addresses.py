"""Addresses that a text names: what cannot be kept as an address of the article is none, and keeps no article out."""

import pytest
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from hypothesis import given
from hypothesis import strategies as st

from annotations.ingest import read, read_text
from annotations.ingest.found import is_address

LEAD = "The council approved the budget on Tuesday after a debate of nine hours, its longest sitting since 1998."
ENDS = ["", ".com", ".org/x?a=b#c", "/", ".рф", ".xn--p1ai", ":80", "/%%30%30"]
URLS = st.builds(
    "{}://{}{}".format,
    st.sampled_from(["http", "https", "HTTP"]),
    st.text(st.sampled_from("ab1-._é。я:@[]/?#% 😀XN0"), max_size=14),
    st.sampled_from(ENDS),
)


@pytest.mark.parametrize(
    "address", ["http://a/%%30%30", "https://-x-.example/", "http://999.1.1.1/", f"https://x.org/{'a' * 2000}"]
)
def test_what_is_no_address_is_left_in_the_text(address: str) -> None:
    page = f'<html><head><link rel="canonical" href="{address}"></head><body><p>{LEAD}</p><p>{LEAD}</p></body></html>'

    plain = read_text(f"Council meets\n\n{LEAD}\n\nOriginal url:\n\n<{address}>")

    assert plain.canonical_url == ""
    assert address in plain.text
    assert read(page.encode(), name="a.html", media_type="text/html").canonical_url == ""


@pytest.mark.parametrize(
    "address", ["https://www.example.org/a-b?c=d#e", "https://пример.рф/x", "http://127.0.0.1:80/a"]
)
def test_addresses_are_found(address: str) -> None:
    assert read_text(f"Council meets\n\n{LEAD}\n\nOriginal url:\n\n<{address}>").canonical_url == address


@given(URLS)
def test_every_address_can_be_kept(address: str) -> None:
    try:
        URLValidator()(address)
    except ValidationError:
        assert not is_address(address)
