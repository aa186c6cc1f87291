import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_engine.certificates import qr_patterns
from course_engine.certificates.qr import qr_lines, qr_svg


def drawn_by_segno(address: str) -> list[str]:
    return ["".join(map(str, row)) for row in qr_patterns.code(address).matrix]


def drawn_by_us(address: str) -> list[str]:
    side, squares = qr_patterns.squares(address)
    drawn = f"{squares:0{side * (side + 1)}b}"
    rows = [drawn[start : start + side + 1] for start in range(0, len(drawn), side + 1)]
    assert {row[-1] for row in rows} == {"0"}
    return [row[:-1] for row in rows]


@pytest.mark.parametrize("length", [1, 14, 26, 70, 100, 180, 240, 320])
def test_a_code_is_the_one_that_segno_draws_whatever_its_size(length: int) -> None:
    address = ("https://learn.example.org/v/CE-" + "7K" * 200)[-length:].lower()
    assert drawn_by_us(address) == drawn_by_segno(address)


@given(st.text("abcdefghijkmnpqrstuvwxyz0123456789/:.-", min_size=12, max_size=60))
def test_every_address_has_the_code_that_segno_draws(rest: str) -> None:
    address = f"https://{rest}"
    assert drawn_by_us(address) == drawn_by_segno(address)


@given(st.text("abcdefghijkmnpqrstuvwxyz0123456789/:.-", min_size=12, max_size=60))
def test_lines_are_those_of_the_picture(rest: str) -> None:
    address = f"https://{rest}"
    path = re.search(r'd="([^"]+)"', qr_svg(address, ink="#000000").decode())
    assert path
    left, row, lines = 0, 0.0, []
    for word, first, second in re.findall(r"([Mmh])(-?\d+)(?: (-?[\d.]+))?", path[1]):
        if word == "h":
            lines.append(f"{left} {row} m")
        else:
            row += float(second)
        left += int(first)
        if word == "h":
            lines.append(f"{left} {row} l")
    assert [line.decode() for line in qr_lines(address)] == lines
