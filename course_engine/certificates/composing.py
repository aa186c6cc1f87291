"""Facts and a design in; the HTML, the style sheet and the pictures of one certificate out."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from mimetypes import guess_type
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from course_engine.certificates import serials
from course_engine.certificates.design import Design
from course_engine.certificates.facts import CertificateFacts, hours, total_minutes
from course_engine.certificates.fitting import Setting
from course_engine.certificates.qr import qr_svg
from course_engine.certificates.wording import Translate, say, wording
from course_engine.errors import N_
from course_engine.places import TEMPLATES
from course_engine.press.assets import Asset

DESIGNS = TEMPLATES / "certificates" / "pdf"


def compose(
    facts: CertificateFacts,
    design: Design,
    fitted: Mapping[str, Setting],
    *,
    sample: bool,
    folder: Path,
    translate: Translate,
) -> str:
    """Fill the template: it gets plain values only, all of them text that is escaped there."""
    words = wording(facts.kind, translate)
    title = f"{words.title}: {facts.course_title}"
    return (
        _environment(folder)
        .get_template("certificate.html")
        .render(
            facts=facts,
            words=words,
            paper=design.paper,
            design=design,
            texts=texts(facts),
            fitted=fitted,
            sample=sample,
            _=translate,
            title=f"{translate(N_('Sample'))}. {title}" if sample else title,
            subject=say(words.subject, facts, translate),
            keywords=words.keywords,
            code=serials.grouped(facts.code),
            web=without_scheme(facts.issuer.web),
            verify_address=without_scheme(facts.verify_address),
            details=(
                (translate(N_("Learning time")), learning_time(facts, translate)),
                (translate(N_("Started")), written(facts.started_on, facts.language)),
                (translate(N_("Completed")), written(facts.completed_on, facts.language)),
                (translate(N_("Issued")), written(facts.issued_on, facts.language)),
                (translate(N_("Course edition")), facts.edition),
            ),
            name_language=language_of_script(facts.legal_name),
        )
    )


def texts(facts: CertificateFacts) -> dict[str, str]:
    """List the texts whose size depends on their length, by the class that styles them."""
    listed = {
        "organization": facts.issuer.name,
        "name": facts.legal_name,
        "course": facts.course_title,
        "statements": " ".join(facts.statements),
    }
    return {style: text for style, text in listed.items() if text}


def measuring_sheet(
    spoken: Mapping[str, str],
    candidates: Mapping[str, tuple[Setting, ...]],
    folder: Path,
    design: Design,
) -> str:
    """Set each text in every candidate setting; each line becomes a link that can be measured."""
    return (
        _environment(folder)
        .get_template("measuring.html")
        .render(
            texts=spoken,
            candidates=candidates,
            design=design,
            paper=design.paper,
            language_of_script=language_of_script,
        )
    )


def pictures(facts: CertificateFacts, design: Design, folder: Path) -> dict[str, Asset]:
    """Gather everything the page may show: the folder's files, drawings in the site's colors, QR.

    A file that ends in ``.svg`` is a template too, and may use ``design`` and ``paper``.
    """
    found = {"qr.svg": Asset(content=qr_svg(facts.verify_url, ink=design.ink), media_type=_SVG)}
    for file in sorted(folder.iterdir()):
        if file.suffix == ".svg":
            drawing = _environment(folder).get_template(file.name)
            content = drawing.render(design=design, paper=design.paper).encode()
            found[file.name] = Asset(content=content, media_type=_SVG)
        elif file.suffix not in {".html", ""}:
            kind = guess_type(file.name)[0] or "application/octet-stream"
            found[file.name] = Asset(content=file.read_bytes(), media_type=kind)
    return found


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


_SVG = "image/svg+xml"
_HOUR = 60


@lru_cache(maxsize=8)
def _environment(folder: Path) -> Environment:
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
