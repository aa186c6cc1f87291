"""Time stamps (RFC 3161): a stranger's word that a signature existed at a moment.

PyHanko writes the question, reads the answer and checks it. Who carries both is handed in.
"""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512, Hash, HashAlgorithm

Post = Callable[[bytes], bytes]
"""Sends a time-stamp query to an authority and returns its reply."""

AskTimeStamp = Callable[[bytes], bytes | None]
"""Asks a time-stamp authority about a signature: an RFC 3161 token (DER), None without answer."""

_ALGORITHMS: dict[str, type[HashAlgorithm]] = {
    "sha256": SHA256,
    "sha384": SHA384,
    "sha512": SHA512,
}


class NoTimeStamp(Exception):
    """The authority gave no answer that can be used; the text says why in one line."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeStamp:
    """The moment that a time-stamp authority vouches for; ``sound`` when its own word is intact."""

    at: datetime
    authority: str
    sound: bool


def ask(signature: bytes, post: Post) -> bytes:
    """Have a signature stamped and return the token (DER).

    Raises NoTimeStamp when the authority cannot be reached, refuses, or answers with something
    that is not a sound stamp of this signature.
    """
    tools = _tools()

    class Carried(tools.stamper):  # type: ignore[misc, name-defined]
        async def async_request_tsa_response(self, req: Any) -> Any:
            return tools.tsp.TimeStampResp.load(post(req.dump()), strict=True)

    try:
        answered = _done(Carried().async_timestamp(_digest("sha256", signature), "sha256"))
        token: bytes = answered.dump()
    except Exception as error:
        # A stranger's answer, read by a library that expects a friend's.
        raise NoTimeStamp(f"no answer that can be used: {error}") from error
    stamp = read(token, signature)
    if stamp is None or not stamp.sound:
        raise NoTimeStamp("the answer is no sound time stamp of what was asked")
    return token


def read(token: bytes, signature: bytes) -> TimeStamp | None:
    """Read a token and check it against the signature that it stands for; None for nonsense."""
    tools = _tools()
    try:
        data = tools.cms.ContentInfo.load(token, strict=True)["content"]
        # Whom to trust is for others to decide: what came along is taken for good here.
        along = tools.context(
            trust_roots=[each.chosen for each in data["certificates"]], allow_fetching=False
        )
        checked = _done(
            tools.validate(data, along, lambda algorithm: _digest(algorithm, signature))
        )
        return TimeStamp(
            at=checked["timestamp"],
            authority=checked["signing_cert"].subject.human_friendly,
            sound=bool(checked["intact"] and checked["valid"]),
        )
    except Exception:  # noqa: BLE001 - it comes from a stranger, and may be anything
        return None


def _done(work: Coroutine[Any, Any, Any]) -> Any:
    """Do what pyHanko does asynchronously, in a thread: this one may have a loop of its own."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, work).result()


def _digest(algorithm: str, content: bytes) -> bytes:
    made = Hash(_ALGORITHMS[algorithm]())
    made.update(content)
    return made.finalize()


class _Tools(NamedTuple):
    """What is used of pyHanko, and of the ASN.1 structures that it speaks in."""

    stamper: Any
    validate: Any
    context: Any
    tsp: Any
    cms: Any


@cache
def _tools() -> _Tools:
    """Load pyHanko, which takes a second, when there is a time stamp to ask for or to read."""
    from pyhanko.sign.timestamps import api  # noqa: PLC0415
    from pyhanko.sign.validation import generic_cms  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    structures: Any = api  # PyHanko speaks in these, and hands them on without saying so.
    return _Tools(
        stamper=api.TimeStamper,
        validate=generic_cms.validate_tst_signed_data,
        context=ValidationContext,
        tsp=structures.tsp,
        cms=structures.cms,
    )
