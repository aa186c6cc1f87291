"""Files that a printed document carries inside."""

from dataclasses import dataclass
from typing import Literal

Relationship = Literal["Source", "Data", "Alternative", "Supplement", "Unspecified"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """A file inside a PDF, and what it is to the document (``AFRelationship``)."""

    name: str
    content: bytes
    media_type: str
    relationship: Relationship = "Source"
    description: str = ""
