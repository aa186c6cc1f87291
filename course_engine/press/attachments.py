"""Files that a printed document carries inside."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import md5
from typing import Literal

from course_engine.press import casts
from course_engine.press.layouts import parts

Relationship = Literal["Source", "Data", "Alternative", "Supplement", "Unspecified"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """A file inside a PDF, and what it is to the document (``AFRelationship``)."""

    name: str
    content: bytes
    media_type: str
    relationship: Relationship = "Source"
    description: str = ""

    @property
    def subtype(self) -> str:
        """The media type as a PDF name."""
        return "/" + self.media_type.replace("/", "#2f").replace("+", "#2b")


def attached(
    attachments: Sequence[Attachment], *, day: date, add: Callable[[bytes], bytes]
) -> tuple[bytes, bytes]:
    """Attach files to a PDF that is being made by hand, as WeasyPrint attaches them to its own.

    ``add`` puts an object into the PDF and returns its reference. Returns what the catalog says of
    the files: the entry of their names, and that of what they are to the document.
    """
    if not attachments:
        return b"", b""
    moment = _string(datetime.combine(day, time()).strftime("D:%Y%m%d%H%M%SZ"))
    names, references = [], []
    for one in attachments:
        check = md5(one.content, usedforsecurity=False).hexdigest().encode()
        head = (
            b"/Type /EmbeddedFile/Subtype %b/Params <</CheckSum <%b>/Size %d"
            b"/CreationDate %b/ModDate %b>>"
        ) % (one.subtype.encode(), check, len(one.content), moment, moment)
        content = add(casts.stream(one.content, head))
        name = _string(one.name.encode())
        entry = (b"<</Type /Filespec/F %b/UF %b/EF <</F %b>>/Desc %b/AFRelationship /%b>>") % (
            name,
            _string(one.name),
            content,
            _string(one.description),
            one.relationship.encode(),
        )
        references.append(add(entry))
        names += [name, references[-1]]
    listed = add(b"<</Names [%b]>>" % b" ".join(names))
    return b"/EmbeddedFiles " + listed, b"/AF [%b]" % b" ".join(references)


def _string(text: str | bytes) -> bytes:
    written: bytes = parts().pydyf.String(text).data
    return written
