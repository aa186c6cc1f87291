"""How much room texts take at the press, so that ``fitting`` can choose how they are set."""

from collections.abc import Mapping

from course_engine.certificates import composing, fitting
from course_engine.certificates.design import Design
from course_engine.certificates.fitting import Line, Setting
from course_engine.certificates.styles import style_of
from course_engine.press import rendering
from course_engine.press.assets import Asset

MM_PER_PX = 25.4 / 96


def settings(style: str, design: Design) -> tuple[Setting, ...]:
    """List the settings that a design has for one of its texts, best first."""
    box = style_of(design).boxes(design.orientation)[style]
    return fitting.settings(box.steps, box.width_on(design.paper), box.height)


def fit(
    texts: Mapping[str, str], design: Design, assets: Mapping[str, Asset], *, language: str
) -> dict[str, Setting]:
    """Find the largest setting that holds each text, then its most even line break.

    They are measured in the language in which they are printed: fonts draw it in its own way.
    Only while holding the press; raises TooLong.
    """

    def measured(
        candidates: Mapping[str, tuple[Setting, ...]],
    ) -> dict[str, dict[Setting, list[Line]]]:
        sheet = composing.measuring_sheet(texts, candidates, design, language)
        return _measured(sheet, candidates, assets)

    first = measured({style: settings(style, design) for style in texts})
    chosen = {
        style: fitting.first_that_fits(text, first[style].items()) for style, text in texts.items()
    }
    widths = {style: fitting.narrower(setting) for style, setting in chosen.items()}
    if all(len(candidates) == 1 for candidates in widths.values()):
        return chosen
    second = measured(widths)
    return {style: fitting.balanced(chosen[style], second[style].items()) for style in texts}


def _measured(
    sheet: str, candidates: Mapping[str, tuple[Setting, ...]], assets: Mapping[str, Asset]
) -> dict[str, dict[Setting, list[Line]]]:
    found: dict[str, dict[Setting, list[Line]]] = {
        style: {candidate: [] for candidate in listed} for style, listed in candidates.items()
    }
    for page in rendering.render(sheet, assets).pages:
        for _, target, _, box in page.links:
            style, number = target.split(":")
            height = max(part.height for part in box.children)
            line = Line(width=box.width * MM_PER_PX, height=height * MM_PER_PX)
            found[style][candidates[style][int(number)]].append(line)
    return found
