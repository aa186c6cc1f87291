import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_engine.certificates import qr_patterns
from course_engine.certificates.qr import qr_lines, qr_svg


def drawn_by_segno(address: str) -> list[str]:
    return ["".join(map(str, row)) for row in qr_patterns.code(address).matrix]


@pytest.mark.parametrize("length", [1, 14, 26, 70, 100, 180, 240, 320])
def test_a_code_is_the_one_that_segno_draws_whatever_its_size(length: int) -> None:
    address = ("https://learn.example.org/v/CE-" + "7K" * 200)[-length:].lower()
    assert qr_patterns.rows(address) == drawn_by_segno(address)


@given(st.text("abcdefghijkmnpqrstuvwxyz0123456789/:.-", min_size=12, max_size=60))
def test_every_address_has_the_code_that_segno_draws(rest: str) -> None:
    address = f"https://{rest}"
    assert qr_patterns.rows(address) == drawn_by_segno(address)


def test_lines_and_picture_begin_alike() -> None:
    address = "https://learn.example.org/v/CE-0000"
    assert qr_lines(address)[:2] == [b"0 0.5 m", b"7 0.5 l"]
    assert b'd="M0 0.5h7' in qr_svg(address, ink="#000000")
