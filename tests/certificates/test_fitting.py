import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_engine.certificates import fitting
from course_engine.certificates.design import Design
from course_engine.certificates.fitting import Line, Setting, TooLong
from course_engine.certificates.styles import style_of

NAME = style_of(Design()).landscape["name"]
EM = 25.4 / 72  # One point in millimeters.


def set_in(setting: Setting, words: list[float]) -> list[Line]:
    """Break words, given in ems, into lines the way a browser would, without looking ahead."""
    lines, room = [0.0], setting.width / (setting.size * EM)
    for word in words:
        if lines[-1] and lines[-1] + 0.25 + word > room:
            lines.append(0.0)
        lines[-1] += word + (0.25 if lines[-1] else 0)
    return [Line(width=w * setting.size * EM, height=setting.size * EM * 1.25) for w in lines]


def fitted(words: list[float], width: float = 217) -> Setting:
    tried = {s: set_in(s, words) for s in fitting.settings(NAME.steps, width, NAME.height)}
    first = fitting.first_that_fits("…", tried.items())
    return fitting.balanced(first, [(s, set_in(s, words)) for s in fitting.narrower(first)])


def test_a_short_name_is_set_at_the_largest_size() -> None:
    assert fitted([3]).size == 40


def test_a_long_name_gets_smaller_and_then_wraps() -> None:
    sizes = [(fitted([3] * count).size, fitted([3] * count).lines) for count in range(1, 20)]
    assert sizes == sorted(sizes, key=lambda pair: (-pair[0], pair[1]))
    assert sizes[-1][1] > 1


def test_lines_are_broken_evenly() -> None:
    setting = fitted([3] * 8)
    widths = [line.width for line in set_in(setting, [3] * 8)]
    assert len(widths) == 2
    assert max(widths) < 1.2 * min(widths)


def test_a_text_that_fits_nowhere_is_refused() -> None:
    with pytest.raises(TooLong, match="too long"):
        fitted([3] * 300)


@given(st.lists(st.floats(0.3, 12), min_size=1, max_size=40), st.sampled_from([199.4, 217]))
def test_what_was_chosen_never_leaves_its_box(words: list[float], width: float) -> None:
    try:
        setting = fitted(words, width)
    except TooLong:
        return
    lines = set_in(setting, words)
    assert len(lines) <= setting.lines
    assert max(line.width for line in lines) <= width
    assert sum(line.height for line in lines) <= NAME.height
