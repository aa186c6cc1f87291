"""What a certificate would look like, and all that stands against it, before it is earned."""

import sys
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from jinja2 import ChainableUndefined

from course_engine.certificates import composing, fitting
from course_engine.certificates.design import Design
from course_engine.certificates.facts import CertificateFacts
from course_engine.certificates.styles import style_of
from course_engine.certificates.wording import Translate
from course_engine.errors import Refused
from course_engine.press.faults import PrintingFault


@dataclass(frozen=True, kw_only=True, slots=True)
class Preflight:
    """A sample, or the faults for which there is none: one line each, for whoever edits files."""

    pdf: bytes = b""
    faults: tuple[str, ...] = ()
    refusal: Refused | None = None


def preflight(facts: CertificateFacts, design: Design, *, translate: Translate = str) -> Preflight:
    """Print a sample. Undefined variables are all named at once, by file and line."""
    # Whatever is looked at before printing needs no press.
    from course_engine.certificates.printing import print_certificate  # noqa: PLC0415

    try:
        if faults := undefined_variables(facts, design, translate=translate):
            return Preflight(faults=faults)
        return Preflight(pdf=print_certificate(facts, design, sample=True, translate=translate))
    except Refused as refusal:
        return Preflight(faults=(str(refusal),), refusal=refusal)
    except PrintingFault as fault:
        return Preflight(faults=(str(fault),))


def undefined_variables(
    facts: CertificateFacts, design: Design, *, translate: Translate = str
) -> tuple[str, ...]:
    """Name each variable that the page's templates ask for and nobody gives them.

    :raises DesignFaulty: a template cannot be read at all.
    """
    noted: list[str] = []
    before = _noting.set(noted)
    try:
        boxes = style_of(design).boxes(design.orientation)
        texts = composing.texts(facts, translate)
        fitted = {
            text: fitting.settings(box.steps, box.width_on(design.paper), box.height)[0]
            for text, box in boxes.items()
            if text in texts
        }
        lacking = [text for text in texts if text not in boxes]
        composing.compose(facts, design, fitted, sample=True, translate=translate, undefined=_Noted)
    finally:
        _noting.reset(before)
    where = f"style.yml, {design.orientation}"
    rooms = [f"{where}: there is no room for {text!r}" for text in lacking]
    return tuple(dict.fromkeys((*rooms, *noted)))


_noting: ContextVar[list[str]] = ContextVar("noting")


class _Noted(ChainableUndefined):
    """Writes down where it was used, and lets the template go on."""

    def _note(self) -> None:
        frame = sys._getframe()  # noqa: SLF001 — the template is one of the callers.
        while frame.f_back is not None:
            frame = frame.f_back
            template = frame.f_globals.get("__jinja_template__")
            if template is not None:
                line = template.get_corresponding_lineno(frame.f_lineno)
                where = f"{template.name}, line {line}"
                _noting.get().append(f"{where}: {self._undefined_message}")
                return

    def __str__(self) -> str:
        self._note()
        return ""

    __html__ = __str__

    def __bool__(self) -> bool:
        self._note()
        return False

    def __iter__(self) -> Any:
        self._note()
        return iter(())

    def __len__(self) -> int:
        self._note()
        return 0

    def __eq__(self, other: object) -> bool:
        self._note()
        return self is other

    def __hash__(self) -> int:
        return id(self)
