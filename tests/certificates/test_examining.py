"""Examining a signed file by itself: every byte is accounted for."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as any_

from course_engine.certificates import pades
from course_engine.certificates.examining import examine
from course_engine.certificates.key_making import make_document_key
from tests.certificates.printed import plain
from tests.certificates.signed import KEY, LABEL, MADE, SIGNED, signed

pytestmark = pytest.mark.slow

KNOWN = (KEY.public,)
OTHER = make_document_key(bytes(64), created=MADE, organization="Example Peer Network")


def test_a_file_signed_by_a_known_key_is_genuine() -> None:
    found = examine(signed(), KNOWN)
    assert found is not None
    assert found.genuine
    assert (found.signer, found.signed_at) == ("Example Peer Network", SIGNED)
    assert (found.whole, found.intact, found.key) == (True, True, KEY.public)
    assert found.fingerprint == KEY.fingerprint
    assert found.time_stamp is None


def test_a_file_without_a_signature_has_none() -> None:
    assert examine(plain(), KNOWN) is None
    assert examine(b"", KNOWN) is None


def test_a_stranger_s_signature_is_intact_and_not_genuine() -> None:
    forged = pades.sign(plain(), OTHER, at=SIGNED, label=LABEL)
    found = examine(forged, KNOWN)
    assert found is not None
    assert (found.signer, found.intact, found.key) == ("Example Peer Network", True, None)
    assert not found.genuine


@given(place=any_.floats(0, 1, exclude_max=True), by=any_.integers(1, 255))
def test_one_byte_changed_anywhere_is_found(place: float, by: int) -> None:
    changed = bytearray(signed())
    changed[int(place * len(changed))] ^= by
    found = examine(bytes(changed), KNOWN)
    assert found is None or not found.genuine


@given(place=any_.floats(0, 1, exclude_max=True), bit=any_.integers(0, 3))
def test_one_bit_changed_in_the_signature_itself_is_found(place: float, bit: int) -> None:
    start = signed().index(b"/Contents <") + len(b"/Contents <")
    length = signed().index(b">", start) - start
    changed = bytearray(signed())
    changed[start + int(place * length)] ^= 1 << bit
    found = examine(bytes(changed), KNOWN)
    assert found is None or not found.genuine


def test_letters_of_the_signature_in_another_case_are_a_change() -> None:
    start = signed().index(b"/Contents <") + len(b"/Contents <")
    upper = signed()[:start] + signed()[start : start + 200].upper() + signed()[start + 200 :]
    found = examine(upper, KNOWN)
    assert found is not None
    assert not found.genuine


@pytest.mark.parametrize("more", [b"\n", b"% more\n", b"\n1 0 obj\n<<>>\nendobj\n"])
def test_what_is_appended_is_not_covered(more: bytes) -> None:
    found = examine(signed() + more, KNOWN)
    assert found is not None
    assert (found.whole, found.intact, found.genuine) == (False, True, False)


def test_a_retired_key_vouches_for_what_it_signed_before() -> None:
    before = replace(KEY.public, retired=SIGNED + timedelta(days=1))
    after = replace(KEY.public, retired=SIGNED - timedelta(days=1))
    assert [examine(signed(), [key]).genuine for key in (before, after)] == [True, False]  # type: ignore[union-attr]


def test_a_huge_signature_is_not_looked_into() -> None:
    content = b"/ByteRange [0 60 1000062 0]".ljust(60) + b"<" + b"3000" * 250_000 + b">"
    found = examine(content, KNOWN)
    assert found is not None
    assert not found.genuine


@pytest.mark.parametrize(
    "content",
    [
        b"/ByteRange [0 9999999999 9999999999 9999999999]",
        b"/ByteRange [0 5 60 10] <zz>",
        b"/ByteRange [0 31 35 0]         <00>",
        b"/ByteRange [0 31 41 0]         <3080300030>",
    ],
)
def test_nonsense_is_damaged_and_never_an_error(content: bytes) -> None:
    found = examine(content, KNOWN)
    assert found is not None
    assert (found.signer, found.intact, found.genuine) == ("", False, False)
