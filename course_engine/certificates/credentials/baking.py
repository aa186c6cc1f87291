"""A credential inside a picture: in a chunk of a PNG, or an element of an SVG (Open Badges 3.0)."""

import re
import struct
import zlib
from collections.abc import Iterator
from xml.sax.saxutils import escape

KEYWORD = b"openbadgecredential"
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"

_PNG = b"\x89PNG\r\n\x1a\n"
_CHUNK_FRAME = 12  # Length, kind and check sum.
_SVG = re.compile(rb"<svg\b[^>]*>")
_BEGIN, _TEXT, _END = (
    b"<openbadges:credential",
    b"><![CDATA[",
    b"]]></openbadges:credential>",
)


class NotBaked(ValueError):
    """A picture that carries no credential, or is none."""


def into_png(picture: bytes, credential: bytes) -> bytes:
    """Put a credential into a PNG, behind its head."""
    text = KEYWORD + b"\0" + b"\0\0" + b"\0" + b"\0" + credential
    kind = b"iTXt" + text
    chunk = struct.pack(">I", len(text)) + kind + struct.pack(">I", zlib.crc32(kind))
    head = len(_PNG) + _CHUNK_FRAME + struct.unpack(">I", picture[8:12])[0]
    return picture[:head] + chunk + picture[head:]


def from_png(picture: bytes) -> bytes:
    """Take the credential out of a PNG; the picture itself is not looked at.

    :raises NotBaked: there is none, or it is compressed, which the standard forbids.
    """
    for kind, content in _chunks(picture):
        if kind == b"iTXt" and content.startswith(KEYWORD + b"\0"):
            rest = content[len(KEYWORD) + 1 :]
            if rest[:2] != b"\0\0":
                break
            return rest[2:].split(b"\0", 2)[-1]
    raise NotBaked("This picture carries no credential.")


def into_svg(picture: bytes, credential: bytes) -> bytes:
    """Put a credential into an SVG, as the first element of it."""
    text = credential.decode().replace("]]>", "]]]]><![CDATA[>")
    element = (
        f'<openbadges:credential xmlns:openbadges="{escape(NAMESPACE)}">'
        f"<![CDATA[{text}]]></openbadges:credential>"
    ).encode()
    head = _SVG.search(picture)
    if head is None:
        raise NotBaked("This is no SVG.")
    return picture[: head.end()] + element + picture[head.end() :]


def from_svg(picture: bytes) -> bytes:
    """Take the credential out of an SVG, without reading the rest of it.

    :raises NotBaked: there is none.
    """
    # Looked for piece by piece: a pattern of all three would try a hostile file for hours.
    _before, _begin, element = picture.partition(_BEGIN)
    _head, _text, inside = element.partition(_TEXT)
    credential, end, _after = inside.partition(_END)
    if not end:
        raise NotBaked("This picture carries no credential.")
    return credential.replace(b"]]]]><![CDATA[>", b"]]>")


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not picture.startswith(_PNG):
        raise NotBaked("This is no PNG.")
    at = len(_PNG)
    while at + _CHUNK_FRAME <= len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        yield picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        at += _CHUNK_FRAME + length
