"""Facts and a design in; the HTML, the style sheet and the pictures of one certificate out."""

import traceback
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date
from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
    UndefinedError,
)

from course_engine.certificates import serials
from course_engine.certificates.design import Design
from course_engine.certificates.facts import CertificateFacts, Signatory, hours, total_minutes
from course_engine.certificates.fitting import Setting
from course_engine.certificates.styles import style_of
from course_engine.certificates.wording import Translate, say, wording
from course_engine.errors import N_
from course_engine.press.assets import Asset
from course_engine.press.faults import DesignFaulty


def compose(
    facts: CertificateFacts,
    design: Design,
    fitted: Mapping[str, Setting],
    *,
    sample: bool,
    translate: Translate,
    undefined: type[Undefined] = StrictUndefined,
) -> str:
    """Fill the template: it gets plain values only, all of them text that is escaped there."""
    words = wording(facts.kind, translate)
    title = f"{words.title}: {facts.course_title}"
    return _fill(
        "certificate.html",
        design,
        undefined,
        facts=facts,
        words=words,
        texts=texts(facts, translate),
        fitted=fitted,
        sample=sample,
        _=translate,
        title=f"{translate(N_('Sample'))}. {title}" if sample else title,
        subject=say(words.subject, facts, translate),
        keywords=words.keywords,
        code=serials.grouped(facts.code).split("-"),
        verify_address=without_scheme(facts.verify_address),
        details=(
            ("minutes", translate(N_("Learning time")), learning_time(facts, translate)),
            ("started", translate(N_("Started")), written(facts.started_on, facts.language)),
            ("completed", translate(N_("Completed")), written(facts.completed_on, facts.language)),
            ("issued", translate(N_("Issued")), written(facts.issued_on, facts.language)),
            ("edition", translate(N_("Course edition")), facts.edition),
        ),
        signatories=_signatories(facts),
    )


def texts(facts: CertificateFacts, translate: Translate = str) -> dict[str, str]:
    """List the texts whose size depends on their length, by the class that styles them."""
    place = " · ".join(filter(None, (facts.issuer.place, without_scheme(facts.issuer.web))))
    words = wording(facts.kind, translate)
    listed = {
        "title": words.title,
        "organization": facts.issuer.name,
        "place": place,
        "name": facts.legal_name,
        "course": facts.course_title,
        "approval": say(words.approval, facts, translate) if words.approval else "",
        "learning": learning_time(facts, translate),
        "statements": " ".join(facts.statements),
    }
    for number, signatory in enumerate(_signatories(facts), start=1):
        listed |= {f"signatory-{number}": signatory.name, f"position-{number}": signatory.title}
    return {style: text for style, text in listed.items() if text}


def _signatories(facts: CertificateFacts) -> tuple[Signatory, ...]:
    return tuple(filter(None, (facts.signatory, facts.cosignatory)))


def measuring_sheet(
    spoken: Mapping[str, str],
    candidates: Mapping[str, tuple[Setting, ...]],
    design: Design,
    language: str,
) -> str:
    """Set each text in every candidate setting; each line becomes a link that can be measured."""
    return _fill(
        "measuring.html",
        design,
        texts=spoken,
        candidates=candidates,
        language=language,
    )


def pictures(facts: CertificateFacts, design: Design) -> dict[str, Asset]:
    """Gather everything the page may show: the design's files, its drawings colored in, QR.

    A file that ends in ``.svg`` is a template too, and gets what every template gets.
    """
    from course_engine.certificates.qr import qr_svg  # noqa: PLC0415 - it loads segno

    ink = style_of(design).colors.ink
    found = {"qr.svg": Asset(content=qr_svg(facts.verify_url, ink=ink), media_type=_SVG)}
    given = {"logo": design.logo, "signature-1": None, "signature-2": None}
    given |= {f"signature-{n}": one for n, one in enumerate(design.signatures, start=1)}
    for name, picture in given.items():
        if picture is not None:
            found[name] = Asset(content=picture.content, media_type=picture.media_type)
    for file in (
        file for folder in design.folders if folder.is_dir() for file in sorted(folder.iterdir())
    ):
        if file.name in found or file.suffix in {".html", ".yml", ""}:
            continue
        if file.suffix == ".svg":
            content = _fill(file.name, design).encode()
            found[file.name] = Asset(content=content, media_type=_SVG)
        else:
            kind = guess_type(file.name)[0] or "application/octet-stream"
            found[file.name] = Asset(content=file.read_bytes(), media_type=kind)
    return found


@lru_cache(maxsize=2000)
def written(day: date, language: str) -> str:
    """Write a day the way readers of the language do, with the month as a word."""
    return format_date(day, format="long", locale=Locale.parse(language, sep="-"))


def learning_time(facts: CertificateFacts, translate: Translate) -> str:
    """Write hours, and of which kind where there are several: "12 hours: 10 live, 2 self-paced"."""
    total = total_minutes(facts.minutes)
    text = translate(N_("1 hour") if total == _HOUR else N_("{n} hours"))
    amount = text.format(n=hours(total))
    kinds = [(translate(kind), minutes) for kind, minutes in facts.minutes if minutes]
    if len(kinds) == 1:
        return f"{amount}, {kinds[0][0]}"
    parts = ", ".join(f"{hours(minutes)}\u00a0{kind}" for kind, minutes in kinds)
    return f"{amount}: {parts}" if parts else amount


def without_scheme(address: str) -> str:
    """Shorten an address to what a person types."""
    return address.partition("://")[2].rstrip("/") or address


def language_of_script(name: str) -> str:
    """Tell Japanese and Korean names from Chinese ones, whose characters are drawn differently."""
    if any("\u3040" <= character <= "\u30ff" for character in name):
        return "ja"
    if any("\uac00" <= character <= "\ud7a3" for character in name):
        return "ko"
    return ""


def direction_of(text: str) -> str:
    """Return "rtl" for a text that begins in a right-to-left script and goes on in another.

    Words of one direction are set right without being told.
    """
    found = [unicodedata.bidirectional(character) for character in text]
    strong = [kind in {"R", "AL"} for kind in found if kind in {"L", "R", "AL"}]
    return "rtl" if strong and strong[0] and not all(strong) else ""


_SVG = "image/svg+xml"
_HOUR = 60


def _fill(
    template: str, design: Design, undefined: type[Undefined] = StrictUndefined, /, **values: Any
) -> str:
    style = style_of(design)
    try:
        return (
            _environment(design.folders, undefined)  # type: ignore[arg-type]  # a class has a hash
            .get_template(template)
            .render(
                design=design,
                paper=design.paper,
                colors=style.colors,
                boxes=style.boxes(design.orientation),
                **values,
            )
        )
    except TemplateSyntaxError as error:
        raise DesignFaulty(f"{error.name}, line {error.lineno}: {error.message}") from error
    except TemplateNotFound as error:
        raise DesignFaulty(f"There is no file {error.name}.") from error
    except UndefinedError as error:
        raise DesignFaulty(f"{place(error)}: {error.message}") from error


def place(error: BaseException) -> str:
    """Say in which template an error happened, and in which line."""
    # Jinja names template files and their lines in the traceback.
    steps = traceback.extract_tb(error.__traceback__)
    templates = [step for step in steps if not step.filename.endswith(".py")]
    last = templates[-1] if templates else steps[-1]
    return f"{Path(last.filename).name}, line {last.lineno}"


@lru_cache(maxsize=8)
def _environment(folders: tuple[Path, ...], undefined: type[Undefined]) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=undefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "language_of_script": language_of_script,
        "direction_of": direction_of,
    }
    return environment
