"""Pasted lists of addresses."""

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course_engine.pages.cohorts import addresses
from course_engine.pages.cohorts.addresses import Invitee, Pasted


def read(app: Flask, text: str) -> Pasted:
    with app.test_request_context():
        return addresses.read(text)


@pytest.mark.parametrize(
    "text",
    [
        "rosa@example.org\ntomasz@example.org",
        "rosa@example.org, tomasz@example.org",
        " rosa@example.org ;\r\n\r\n tomasz@example.org; ",
        "ROSA@example.org,,;tomasz@EXAMPLE.org",
        "<rosa@example.org>\t\n<tomasz@example.org>",
    ],
)
def test_addresses_stand_on_lines_or_between_commas_and_semicolons(app: Flask, text: str) -> None:
    found = read(app, text)
    assert [one.address for one in found.invitees] == ["rosa@example.org", "tomasz@example.org"]
    assert found.faults == ()


def test_a_name_may_stand_before_an_address_and_hold_a_comma(app: Flask) -> None:
    found = read(app, 'a@b.org, Lee, Rosa <rosa@example.org>; "Tomasz Łuk" <tomasz@example.org>')
    assert found.invitees == (
        Invitee(address="a@b.org"),
        Invitee(address="rosa@example.org", name="Lee, Rosa"),
        Invitee(address="tomasz@example.org", name="Tomasz Łuk"),
    )


def test_every_bad_line_is_reported_at_once_with_its_number(app: Flask) -> None:
    found = read(app, "rosa@example.org\nrosa\n\nto@masz@example.org, b@example\nfine@example.org")
    assert found.faults == (
        "Line 2: “rosa” is not an e-mail address.",
        "Line 4: “to@masz@example.org” is not an e-mail address.",
        "Line 4: “b@example” is not an e-mail address.",
    )


def test_an_address_that_comes_again_is_named_once(app: Flask) -> None:
    found = read(app, "a@b.org\nA@b.org\na@B.org\nc@d.org")
    assert [one.address for one in found.invitees] == ["a@b.org", "c@d.org"]
    assert found.twice == ("a@b.org",)


def test_a_list_without_an_address_says_so(app: Flask) -> None:
    assert read(app, " ;,\n").faults == ("There is no address in this list.",)


def test_a_list_may_hold_a_hundred_addresses(app: Flask) -> None:
    many = [f"p{number}@example.org" for number in range(101)]
    assert read(app, "\n".join(many[:100])).faults == ()
    assert read(app, "\n".join(many)).faults == (
        "This list has 101 addresses. Please send at most 100 at a time.",
    )


@pytest.mark.parametrize(
    "text",
    [
        "josé@example.org",
        "a..b@example.org",
        "a@-b.org",
        "a b@example.org",
        "a@" + "b" * 250 + ".org",
    ],
)
def test_what_mail_cannot_reach_is_no_address(text: str) -> None:
    assert not addresses.is_address(text)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.sampled_from('a@.,;<>"\n\t \0é-'), max_size=40))
def test_whatever_is_pasted_gives_addresses_or_faults(app: Flask, text: str) -> None:
    found = read(app, text)
    assert found.invitees or found.faults
    assert all(addresses.is_address(one.address) for one in found.invitees)
