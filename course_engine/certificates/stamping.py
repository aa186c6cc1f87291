"""Certificates of one course and design, laid out once and filled for each person."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import cycle
from time import monotonic

from course_engine.certificates import composing, fitting, measuring, serials
from course_engine.certificates.design import Design
from course_engine.certificates.facts import CertificateFacts
from course_engine.certificates.fitting import Line, Measure, Setting
from course_engine.certificates.names import printable_name
from course_engine.certificates.qr import qr_lines
from course_engine.certificates.wording import Translate
from course_engine.press import molds, rendering, units
from course_engine.press.attachments import Attachment
from course_engine.press.layouts import CannotStamp
from course_engine.press.stamps import Person, Stamp

# What stands in a mold in the place of a person's own; no certificate has any of it.
_NAMES = {"": "Nnn Nnn", "ja": "\u30a2\u30a2\u30a2", "ko": "\uac00\uac00\uac00"}
_STARTED, _COMPLETED = date(1901, 1, 1), date(1902, 2, 2)
_MOLDS_KEPT = 12
# The page's fonts hold the letters of most names, so that these need no font of their own: 3 kB
# more in each file, and 1 ms less for each. With Polish and Vietnamese letters it would be 12 kB.
_LATIN = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-.'\u2019"
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ"
)

log = logging.getLogger(__name__)


def stamped(
    facts: CertificateFacts,
    design: Design,
    *,
    sample: bool,
    translate: Translate,
    attachments: Sequence[Attachment],
) -> tuple[bytes, set[str]]:
    """Fill a mold, at the press; return the file with the characters that no font draws.

    Raises CannotStamp where the outcome would not be what laying it out anew gives, and TooLong.
    """
    if printable_name(facts.legal_name) != facts.legal_name:
        raise CannotStamp("a name that layout would change")
    if composing.direction_of(facts.legal_name):
        raise CannotStamp("a name that turns its direction")
    model = _model(facts)
    made = _stamp(model, design, sample, translate, _changes(design, int(monotonic())))
    if isinstance(made, str):
        raise CannotStamp(made)
    texts = dict(zip(_own(model), _own(facts), strict=True))
    chosen = _fit(made, texts, facts.legal_name, _settings(design, made))
    person = Person(
        texts=texts,
        settings={"name": _set(chosen)},
        address=facts.verify_url,
        drawing=qr_lines(facts.verify_url),
    )
    with _oddities():
        filled = made.filled(person, attachments, facts.issued_on)
    return filled.content, filled.missing


@lru_cache(maxsize=_MOLDS_KEPT)
def _stamp(
    model: CertificateFacts,
    design: Design,
    sample: bool,  # noqa: FBT001 - part of what is remembered
    translate: Translate,
    _changes: tuple[int, ...],
) -> Stamp | str:
    """Make a mold from facts that are nobody's, or say why none can be made."""
    assets = composing.pictures(model, design)
    texts = composing.texts(model, translate)
    del texts["name"]
    smallest = measuring.settings("name", design)[-1]
    fitted = {
        **measuring.fit(texts, design, assets, language=model.language),
        "name": replace(smallest, anywhere=False, leading=smallest.height / 4),
    }
    html = composing.compose(model, design, fitted, sample=sample, translate=translate)
    try:
        # Inside, because what is remembered is not complained of again.
        with rendering.complaints_are_faults(), _oddities():
            mold = molds.make(html, assets, _letters(model))
            return Stamp(mold, address=model.verify_url, drawing=qr_lines(model.verify_url))
    except CannotStamp as why:
        return str(why)


@contextmanager
def _oddities() -> Iterator[None]:
    """Take what nobody thought of, in a template of one's own, for a reason not to stamp."""
    try:
        yield
    except (LookupError, AttributeError, TypeError, ValueError, AssertionError) as odd:
        log.warning("stamping failed, and the plain way is taken", exc_info=odd)
        raise CannotStamp(f"{type(odd).__name__}: {odd}") from odd


def _model(facts: CertificateFacts) -> CertificateFacts:
    """Put nobody's name, numbers and dates in the place of somebody's, of usual widths.

    No number that is given to a certificate has a U.
    """
    code = "".join(f"{group}UR" for group in range(10))[: len(facts.code)]
    signs = cycle("8UR5")
    serial = "".join(next(signs) if sign.isalnum() else sign for sign in facts.serial)
    url = facts.verify_url.replace(facts.serial, serial).replace(facts.code, code)
    return replace(
        facts,
        legal_name=_NAMES[composing.language_of_script(facts.legal_name)],
        serial=serial,
        code=code,
        verify_url=url,
        started_on=_STARTED,
        completed_on=_COMPLETED,
    )


def _own(facts: CertificateFacts) -> tuple[str, ...]:
    """List what is printed of a person and of nobody else."""
    days = (facts.started_on, facts.completed_on)
    written = (composing.written(day, facts.language) for day in days)
    return (facts.legal_name, facts.serial, *serials.grouped(facts.code).split("-"), *written)


def _letters(model: CertificateFacts) -> dict[str, str]:
    """Give each of these texts the letters that may stand in its place, a name the usual ones."""
    months = (composing.written(date(2000, month, 28), model.language) for month in range(1, 13))
    days = " ".join((*months, "0123456789"))
    name, *numbers, started, completed = _own(model)
    codes = dict.fromkeys(numbers, serials.ALPHABET + "-")
    return {name: " ".join(_LATIN), **codes, started: days, completed: days}


@lru_cache(maxsize=_MOLDS_KEPT)
def _settings(design: Design, _made: Stamp) -> tuple[Setting, ...]:
    """List the settings of a name, which are read from the design when its mold is made."""
    return measuring.settings("name", design)


def _fit(made: Stamp, texts: dict[str, str], name: str, settings: Sequence[Setting]) -> Setting:
    """Choose how the name is set, by the same rule and measures as for any other text."""

    def measured(candidates: Sequence[Setting]) -> Iterator[Measure]:
        for one in candidates:
            found = made.lines(texts, {"name": _set(one)})
            yield one, [Line(width=line.width * mm, height=line.height * mm) for line in found]

    mm = measuring.MM_PER_PX
    chosen = fitting.first_that_fits(name, measured(settings))
    candidates = fitting.narrower(chosen)
    return chosen if len(candidates) == 1 else fitting.balanced(chosen, measured(candidates))


def _set(setting: Setting) -> units.Setting:
    return units.Setting(
        size=setting.size,
        width=setting.width,
        anywhere=setting.anywhere,
        leading=setting.leading or None,
    )


@lru_cache(maxsize=_MOLDS_KEPT)
def _changes(design: Design, _second: int) -> tuple[int, ...]:
    """Tell when the design's files were changed, so that an edited one is laid out anew.

    They are looked at once in each second.
    """
    files = (file for folder in design.folders for file in sorted(folder.glob("*")))
    return tuple(file.stat().st_mtime_ns for file in files)
