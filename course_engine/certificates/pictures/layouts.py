"""How the badge and the card of a shared link look: the site's colors, and few words."""

from functools import partial
from pathlib import Path

from course_engine.certificates.facts import CertificateFacts
from course_engine.certificates.pictures.painting import can_write, width_of
from course_engine.certificates.pictures.shapes import (
    SANS,
    SERIF,
    Box,
    Disc,
    Line,
    Picture,
    Shape,
    Words,
)
from course_engine.certificates.styles import Colors
from course_engine.certificates.wording import Translate, wording

BADGE = 600
CARD = (1200, 630)

_MOST_LINES = 3


def badge(facts: CertificateFacts, inks: Colors, translate: Translate = str) -> Picture:
    """Lay out the badge: a seal with course and organization. No name stands on it."""
    title = wording(facts.kind, translate).title
    middle = BADGE / 2
    shapes: list[Shape] = [
        Disc(x=middle, y=middle, radius=292, color=inks.accent),
        Disc(x=middle, y=middle, radius=280, color=inks.ornament, ring=4),
        Disc(x=middle, y=middle, radius=264, color=inks.background),
        _tick(middle, 132, 44, inks.accent),
    ]
    shapes += _lines(title, y=238, most=30, width=400, font=SANS, color=inks.quiet, x=middle)
    shapes += _lines(
        facts.course_title, y=302, most=46, width=440, font=SERIF, color=inks.ink, x=middle
    )
    shapes += [Box(x=middle - 60, y=440, width=120, height=4, color=inks.ornament)]
    shapes += _lines(
        facts.issuer.name, y=484, most=26, width=290, font=SANS, color=inks.quiet, x=middle
    )
    return Picture(
        width=BADGE,
        height=BADGE,
        title=f"{title}: {facts.course_title}. {facts.issuer.name}",
        shapes=tuple(shapes),
    )


def card(
    facts: CertificateFacts, inks: Colors, *, name: str = "", translate: Translate = str
) -> Picture:
    """Lay out the picture that sites show beside a link; ``name`` only when its holder wants so."""
    width, height = CARD
    title = wording(facts.kind, translate).title
    shapes: list[Shape] = [
        Box(x=0, y=0, width=width, height=height, color=inks.background),
        Box(x=0, y=0, width=28, height=height, color=inks.accent),
        Box(x=28, y=0, width=6, height=height, color=inks.ornament),
        _tick(1060, 120, 52, inks.accent),
    ]
    left = partial(_lines, x=100, centered=False)
    shapes += left(title, y=132, most=36, width=820, font=SANS, color=inks.accent)
    shapes += left(facts.course_title, y=232, most=72, width=1000, font=SERIF, color=inks.ink)
    if name:
        shapes += left(name, y=470, most=44, width=1000, font=SERIF, color=inks.ink)
    shapes += left(facts.issuer.name, y=560, most=34, width=1000, font=SANS, color=inks.quiet)
    return Picture(width=width, height=height, title=title, shapes=tuple(shapes))


def _lines(
    text: str,
    *,
    x: float,
    y: float,
    most: float,
    width: float,
    font: Path,
    color: str,
    centered: bool = True,
) -> list[Shape]:
    """Set a text in up to three lines, as large as fits; one that no font can write is left out."""
    if not can_write(text, font):
        return []
    size = most
    while len(broken := _broken(text, font, size, width)) > _lines_at(size, most):
        size *= 0.92
    return [
        Words(
            x=x,
            y=y + n * size * 1.15,
            text=line,
            size=size,
            color=color,
            font=font,
            centered=centered,
        )
        for n, line in enumerate(broken)
    ]


def _lines_at(size: float, most: float) -> int:
    """Allow one line more once the text is clearly smaller."""
    return _MOST_LINES if size < most * 0.75 else _MOST_LINES - 1


def _broken(text: str, font: Path, size: float, width: float) -> list[str]:
    lines = [""]
    for word in text.split():
        if width_of(f"{lines[-1]} {word}".strip(), font, size) <= width:
            lines[-1] = f"{lines[-1]} {word}".strip()
        else:
            lines += [""] if lines[-1] else []
            for letter in word:
                if width_of(lines[-1] + letter, font, size) > width:
                    lines.append("")
                lines[-1] += letter
    return lines


def _tick(x: float, y: float, radius: float, color: str) -> Line:
    """Draw a check mark: what the picture says without words."""
    points = ((-0.75, 0.05), (-0.2, 0.6), (0.8, -0.6))
    return Line(
        points=tuple((x + dx * radius, y + dy * radius) for dx, dy in points),
        color=color,
        width=radius / 3.2,
    )
