"""What goes through the pipe between the site and the press: lengths, then bytes.

The site is trusted and may send calls. The press has read pictures of strangers, so what comes
back is plain text and bytes, never a pickle.
"""

import json
import sys
from dataclasses import dataclass
from struct import Struct
from typing import IO, Any

from course_engine.errors import Refusal
from course_engine.press.faults import PrintingFault

_LENGTH = Struct("!Q")


class Unfinished(EOFError):
    """The other side went away."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Printed:
    """What the press gives back: the file, and in a word how it was made."""

    content: bytes
    way: str = "plain"


def send(pipe: IO[bytes], *parts: bytes) -> None:
    """Send one message of several parts; BrokenPipeError when nobody reads."""
    for part in parts:
        pipe.write(_LENGTH.pack(len(part)))
        pipe.write(part)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes:
    """Receive one part; Unfinished when the other side went away before its end."""
    (length,) = _LENGTH.unpack(_exactly(pipe, _LENGTH.size))
    return _exactly(pipe, length)


def success(printed: Printed) -> tuple[bytes, bytes]:
    """Write what was printed as parts of a message."""
    return json.dumps({"way": printed.way}).encode(), printed.content


def failure(why: Refusal | PrintingFault) -> tuple[bytes, bytes]:
    """Write why nothing was printed as parts of a message."""
    told = {"kind": f"{type(why).__module__}:{type(why).__qualname__}", "text": str(why)}
    values: dict[str, Any] = {}
    if isinstance(why, Refusal):
        values = {"explanation": why.explanation, "values": why.values}
    return json.dumps(told | values, default=str).encode(), b""


def outcome(head: bytes, content: bytes) -> Printed:
    """Return what was printed, or raise why it was not, as if it had happened here."""
    told = json.loads(head)
    if "kind" not in told:
        return Printed(content=content, way=str(told["way"]))
    raise _why(told)


def _why(told: dict[str, Any]) -> Exception:
    module, _, name = told["kind"].partition(":")
    # Only what this side has loaded, and only the two kinds that may come back.
    kind = getattr(sys.modules.get(module), name, None)
    if isinstance(kind, type) and issubclass(kind, Refusal):
        return kind(told["explanation"], **told["values"])
    if isinstance(kind, type) and issubclass(kind, PrintingFault):
        return kind(told["text"])
    return PrintingFault(told["text"])


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    content = pipe.read(length)
    if len(content) < length:
        raise Unfinished
    return content
