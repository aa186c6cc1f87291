"""Codes put together of letters are those that Pango sets, or Pango sets them."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from course_engine.certificates import serials, stamping
from course_engine.certificates.design import DESIGNS, Design
from course_engine.certificates.facts import CertificateFacts
from course_engine.certificates.printing import typeset
from course_engine.press import rows
from course_engine.press.codes import Codes
from tests.certificates.comparing import compare
from tests.certificates.printed import facts, folder_with

pytestmark = pytest.mark.slow


@pytest.fixture
def put_together(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The texts that are put together while a test runs, which begins and ends without molds."""
    words, found = Codes.words, list[str]()

    def listening(codes: Codes, text: str) -> object:
        made = words(codes, text)
        if made:
            found.append(text)
        return made

    monkeypatch.setattr(Codes, "words", listening)
    stamping._stamp.cache_clear()
    yield found
    stamping._stamp.cache_clear()


@pytest.mark.parametrize("style", ["classic", "modern", "engraved"])
def test_codes_put_together_are_to_the_byte_what_pango_sets(
    style: str, put_together: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    design, told = Design(style=style), list(with_codes(30))
    quick = [typeset(one, design) for one in told]
    assert len(put_together) >= 3 * len(told)
    monkeypatch.setattr(rows, "learned", lambda *_: None)
    stamping._stamp.cache_clear()
    assert [typeset(one, design) for one in told] == quick
    assert {one.way for one in quick} == {"stamped"}


@pytest.mark.parametrize("setting", ["letter-spacing: 1pt", "text-decoration: underline"])
def test_letters_that_are_not_simply_set_are_left_to_pango(
    setting: str, put_together: list[str], tmp_path: Path
) -> None:
    base = (DESIGNS / "base.css").read_text(encoding="utf-8")
    folder = folder_with(tmp_path, base__css=f"{base}\n.number {{ {setting} }}")
    for told in with_codes(2):
        assert compare(told, Design(folder=folder)) == ("stamped", "")
    assert put_together == []


def with_codes(amount: int) -> Iterator[CertificateFacts]:
    chance = Random(3)  # noqa: S311 - nobody's secret
    for _ in range(amount):
        serial = serials.new_serial(chance.randbytes(serials.SERIAL_BYTES))
        code = serials.new_code(chance.randbytes(serials.CODE_BYTES))
        url = f"https://learn.example.org/v/{serial}/{code}"
        yield facts(serial=serial, code=code, verify_url=url)
