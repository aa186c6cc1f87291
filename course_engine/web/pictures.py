"""Pictures that a site file names: read at the start, and refused there rather than at issue."""

from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

from course_engine.certificates.design import Picture

MOST_BYTES = 500_000
MOST_PIXELS = 4_000_000
MOST_SHAPES = 2_000

_PNG = b"\x89PNG\r\n\x1a\n"
_MODES = {"1", "L", "LA", "P", "PA", "RGB", "RGBA"}
# What would fetch, run or multiply; a drawing for print needs none of it.
_FORBIDDEN = {"script", "image", "foreignObject", "use", "style", "animate", "set", "a", "filter"}


class Unusable(ValueError):
    """A picture that cannot be printed; the text says why and goes on from the file's name."""


def read(path: Path, alternative: str = "") -> Picture:
    """Read an SVG or PNG file.

    :raises Unusable: it is missing, too large, damaged, or holds more than a drawing.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise Unusable(f"{path} has {size:,} bytes; {MOST_BYTES:,} are the most")
        content = path.read_bytes()
    except OSError as error:
        raise Unusable(f"{path} cannot be read: {error.strerror}") from error
    if content.startswith(_PNG):
        _insist_on_picture(path, content)
        return Picture(content=content, media_type="image/png", alternative=alternative)
    _insist_on_drawing(path, content)
    return Picture(content=content, media_type="image/svg+xml", alternative=alternative)


def _insist_on_picture(path: Path, content: bytes) -> None:
    # Read from the head, before anybody unpacks it.
    width, height = (int.from_bytes(content[at : at + 4]) for at in (16, 20))
    if width * height > MOST_PIXELS:
        raise Unusable(f"{path} has {width} x {height} pixels; {MOST_PIXELS:,} are the most")
    from PIL import Image  # noqa: PLC0415 — only where a picture is used; it takes time to load.

    try:
        with Image.open(BytesIO(content)) as picture:
            picture.load()
            mode = picture.mode
    except (OSError, SyntaxError, ValueError) as error:
        raise Unusable(f"{path} is damaged") from error
    if mode not in _MODES:
        raise Unusable(f"{path} has 16 bits for each color; save it with 8")


def _insist_on_drawing(path: Path, content: bytes) -> None:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Unusable(f"{path} has a document type; save it as plain SVG")
    try:
        # No entities are left that could grow, and the size is bounded.
        root = ET.fromstring(content)  # noqa: S314
    except ET.ParseError as error:
        raise Unusable(f"{path} is neither PNG nor SVG") from error
    shapes = list(root.iter())
    if not root.tag.endswith("svg"):
        raise Unusable(f"{path} is neither PNG nor SVG")
    if len(shapes) > MOST_SHAPES:
        raise Unusable(f"{path} has {len(shapes):,} shapes; {MOST_SHAPES:,} are the most")
    if not (root.get("viewBox") or (root.get("width") and root.get("height"))):
        raise Unusable(f"{path} needs a viewBox, or a width and a height")
    for shape in shapes:
        name = str(shape.tag).rpartition("}")[2]
        if name in _FORBIDDEN:
            raise Unusable(f"{path} holds <{name}>; keep to shapes, and turn text into paths")
        for attribute, value in shape.attrib.items():
            if attribute.lower().startswith("on") or _leads_away(attribute, value):
                raise Unusable(f"{path} refers to something outside itself, in {attribute!r}")


def _leads_away(attribute: str, value: str) -> bool:
    if attribute.rpartition("}")[2] == "href":
        return not value.startswith("#")
    addresses = value.replace(" ", "").replace('"', "").replace("'", "").split("url(")[1:]
    return any(not address.startswith("#") for address in addresses)
