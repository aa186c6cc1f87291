"""Lines that were moved stand where layout would put them, to a hundred-thousandth of a pixel."""

from collections.abc import Mapping
from typing import Any

import pytest

from course_engine.certificates.design import Design
from course_engine.certificates.printing import typeset
from course_engine.press.layouts import texts_of
from course_engine.press.rows import Laid, Rows
from course_engine.press.units import Setting
from tests.certificates.names_of_many_scripts import NAMES
from tests.certificates.printed import facts

pytestmark = pytest.mark.slow

NEAR = 1e-5
SIZES = ("position_x", "position_y", "baseline", "width", "height")


@pytest.mark.parametrize(
    "design", [Design(), Design(style="modern", orientation="portrait", page_size="Letter")]
)
def test_a_line_that_was_moved_stands_where_layout_puts_it(
    design: Design, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled, moved = Rows.filled, []

    def beside(rows: Rows, texts: Mapping[str, str], settings: Mapping[str, Setting]) -> Laid:
        laid = filled(rows, texts, settings)
        anew = texts_of(rows.unit.filled(rows.context, texts, settings))
        if list(laid.lines) != list(laid.places):
            moved.append(laid)
        for line, other in zip(laid.lines, anew, strict=True):
            if line.text.strip():
                assert _sizes(line) == pytest.approx(_sizes(other), abs=NEAR)
        return laid

    monkeypatch.setattr(Rows, "filled", beside)
    for name in ("Ada Byron", "Zoë Ærø-Čapek", *NAMES[::16]):
        assert typeset(facts(legal_name=name), design).way in {"stamped", "plain"}
    assert len(moved) > len(NAMES[::16])


def _sizes(line: Any) -> list[float]:
    return [getattr(line, size) for size in SIZES]
