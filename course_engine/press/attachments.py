"""Files that a printed document carries inside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import md5
from typing import Any, Literal

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


def attach(
    pydyf: Any, file: Any, catalog: Any, attachments: Sequence[Attachment], *, day: date
) -> None:
    """Add files to a PDF that is being made by hand, as WeasyPrint adds them to its own."""
    moment = pydyf.String(datetime.combine(day, time()).strftime("D:%Y%m%d%H%M%SZ"))
    names, references = pydyf.Array(), pydyf.Array()
    for one in attachments:
        check = md5(one.content, usedforsecurity=False).hexdigest()
        about = {"CheckSum": f"<{check}>", "Size": len(one.content)}
        about |= {"CreationDate": moment, "ModDate": moment}
        head = {"Type": "/EmbeddedFile", "Subtype": one.subtype, "Params": pydyf.Dictionary(about)}
        content = pydyf.Stream([one.content], pydyf.Dictionary(head), compress=True)
        file.add_object(content)
        entry = pydyf.Dictionary(
            {
                "Type": "/Filespec",
                "F": pydyf.String(one.name.encode()),
                "UF": pydyf.String(one.name),
                "EF": pydyf.Dictionary({"F": content.reference}),
                "Desc": pydyf.String(one.description),
                "AFRelationship": f"/{one.relationship}",
            }
        )
        file.add_object(entry)
        names.extend([entry["F"], entry.reference])
        references.append(entry.reference)
    if references:
        listed = pydyf.Dictionary({"Names": names})
        file.add_object(listed)
        before = catalog.get("Names", {})
        catalog["Names"] = pydyf.Dictionary({**before, "EmbeddedFiles": listed.reference})
        catalog["AF"] = references
