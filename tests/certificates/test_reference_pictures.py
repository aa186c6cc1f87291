"""Every design, and a name of every script, as they were when somebody last looked at them.

REWRITE_PICTURES=1 (``make pictures``) draws them anew. Look at each one before it is kept.
"""

import os
import subprocess
from io import BytesIO
from itertools import cycle
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from course_engine.certificates.design import Design, Orientation, Picture
from course_engine.certificates.facts import Approval, CertificateFacts, Signatory
from course_engine.certificates.printing import plainly, print_certificate
from course_engine.press import rendering
from tests.certificates.many_names import NAMES
from tests.certificates.printed import facts

pytestmark = pytest.mark.slow

KEPT = Path(__file__).parent / "pictures"
SHADES = 24
STYLES = ("classic", "modern", "engraved")

LOGO = Picture(
    content=(
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">'
        b'<circle cx="52" cy="50" r="46" fill="#1b6ca8"/>'
        b'<circle cx="132" cy="50" r="40" fill="#e08e45"/></svg>'
    ),
    media_type="image/svg+xml",
    alternative="Example Peer Network",
)
HAND = Picture(
    content=(
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 50"><path fill="none" '
        b'stroke="#222233" stroke-width="2.5" d="M5 40C20 0 30 5 25 35S45 10 55 25S70 40 80 15"/>'
        b"</svg>"
    ),
    media_type="image/svg+xml",
)
# Everything that a sheet can hold at once.
FULL = facts(
    legal_name="Wilhelmina-Alexandra Konstantinopolitanskaya-Featherstonehaugh",
    course_title="Walking Beside: A Complete Course for Peer Supporters in Community Settings",
    kind="credential",
    approval=Approval(authority="Example State Board of Behavioral Health", number="7-1234"),
    minutes=(("live online", 600), ("self-paced", 125)),
    cosignatory=Signatory(name="Another Example-Longname", title="President of the Board"),
)


@pytest.mark.parametrize("orientation", ["landscape", "portrait"])
@pytest.mark.parametrize("style", STYLES)
def test_a_design_looks_as_it_did_on_a4(style: str, orientation: Orientation) -> None:
    design = Design(style=style, orientation=orientation, page_size="A4")
    _compare(f"{style}-{orientation}-A4", _picture(_laid_out(facts(), design), 40))


@pytest.mark.parametrize("orientation", ["landscape", "portrait"])
@pytest.mark.parametrize("style", STYLES)
def test_a_full_sheet_looks_as_it_did_on_letter(style: str, orientation: Orientation) -> None:
    design = Design(
        style=style,
        orientation=orientation,
        page_size="Letter",
        logo=LOGO,
        signatures=(HAND, HAND),
    )
    _compare(f"{style}-{orientation}-Letter", _picture(_laid_out(FULL, design), 40))


@pytest.mark.parametrize(("which", "style"), list(zip(NAMES, cycle(STYLES), strict=False)))
def test_a_name_looks_as_it_did(which: str, style: str) -> None:
    drawn = _picture(
        print_certificate(facts(legal_name=NAMES[which]), Design(style=style, page_size="A4")), 60
    )
    top, bottom = (int(mm * 60 / 25.4) for mm in (46, 90))
    left = int((80 if style == "modern" else 30) * 60 / 25.4)
    _compare(f"name-{which}", drawn.crop((left, top, drawn.width - int(19 * 60 / 25.4), bottom)))


def _laid_out(told: CertificateFacts, design: Design) -> bytes:
    """Print one sheet of its kind, without keeping a mold for more."""
    with rendering.at_the_press():
        pdf, _ = plainly(told, design)
    return pdf


def _picture(pdf: bytes, dots_per_inch: int) -> Image.Image:
    command = ("pdftoppm", "-singlefile", "-r", str(dots_per_inch), "-")
    shown = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout
    return Image.open(BytesIO(shown)).convert("RGB")


def _compare(name: str, drawn: Image.Image) -> None:
    file = KEPT / f"{name}.png"
    if os.environ.get("REWRITE_PICTURES"):
        drawn.quantize(SHADES, dither=Image.Dither.NONE).save(file, optimize=True)
    kept = Image.open(file).convert("RGB")
    assert drawn.size == kept.size
    # Drawn with as few shades as what is kept, and a little softer: another version of a library
    # may round an edge its own way, but a letter, a line or a color that moved is seen.
    difference = ImageChops.difference(drawn.reduce(2), kept.reduce(2)).convert("L")
    far = sum(difference.histogram()[48:]) / (difference.width * difference.height)
    assert far < 0.004, f"{far:.1%} of {name} differs; see what REWRITE_PICTURES=1 makes of it"
