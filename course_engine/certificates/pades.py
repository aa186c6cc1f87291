"""Signing a PDF: a PAdES baseline signature over every byte of the file, time-stamped or not.

The file is written once more with an unseen signature field in it; tags, metadata and attachments
stay as they are. It then holds one revision, which the signature covers whole, and says that no
change is allowed (DocMDP 1).
"""

import hashlib
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pikepdf
from cryptography.x509.oid import NameOID
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, String

from course_engine.certificates import cms
from course_engine.certificates.keyring import SigningKey
from course_engine.certificates.time_stamps import AskTimeStamp

FIELD = "Signature"
_OPEN_RANGE = b"[ 0 1000000000 2000000000 3000000000 ]"
_STRUCTURE_ROOM = 1024  # Of a CMS, beside certificates, signature and time stamp.
_TIME_STAMP_ROOM = 9000
_PRINT_AND_LOCKED = 132


def sign(
    pdf: bytes, key: SigningKey, *, at: datetime, label: str, time_stamp: AskTimeStamp | None = None
) -> bytes:
    """Sign a tagged PDF of one page at a moment; equal arguments give equal bytes.

    ``label`` says in the reader's language what the field is, for assistive technology. With
    ``time_stamp`` the signature is PAdES B-T where the authority answers, and B-B where not.
    """
    room = _STRUCTURE_ROOM + sum(map(len, key.chain)) + (_TIME_STAMP_ROOM if time_stamp else 0)
    while True:
        prepared = bytearray(_prepared(pdf, key, at=at, label=label, room=room))
        made = _sign_in_place(prepared, key, time_stamp, room)
        if made <= room:
            return bytes(prepared)
        room = made + _STRUCTURE_ROOM


def _sign_in_place(
    prepared: bytearray, key: SigningKey, time_stamp: AskTimeStamp | None, room: int
) -> int:
    """Fill range and signature in, and return the length of the CMS; too long a one stays out."""
    start = prepared.index(b"<" + b"00" * room + b">")
    end = start + 2 * room + 2
    span = f"[0 {start} {end} {len(prepared) - end}]".encode().ljust(len(_OPEN_RANGE))
    place = prepared.index(_OPEN_RANGE)
    prepared[place : place + len(span)] = span
    digest = hashlib.sha256(prepared[:start] + prepared[end:]).digest()
    attributes = cms.signed_attributes(digest, key.chain[0])
    signed = cms.signature(attributes, key)
    token = time_stamp(signed) if time_stamp else None
    content = cms.signed_data(attributes, signed, key.chain, token)
    if len(content) <= room:
        prepared[start + 1 : start + 1 + 2 * len(content)] = content.hex().encode()
    return len(content)


def _prepared(pdf: bytes, key: SigningKey, *, at: datetime, label: str, room: int) -> bytes:
    """Write the file with a signature field whose range and signature are still open."""
    with pikepdf.open(BytesIO(pdf)) as document:
        root = document.Root
        if "/AcroForm" in root:
            raise ValueError("This file is signed already.")
        signature = document.make_indirect(_signature(key, at, room))
        widget = document.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Sig,
                T=String(FIELD),
                TU=String(label),
                V=signature,
                F=_PRINT_AND_LOCKED,
                Rect=Array([0, 0, 0, 0]),
                P=document.pages[0].obj,
            )
        )
        page = document.pages[0].obj
        page.Annots = Array([*page.get("/Annots", Array()), widget])
        page.Tabs = Name.S
        _tag(document, widget, label)
        root.AcroForm = Dictionary(Fields=Array([widget]), SigFlags=3)
        root.Perms = Dictionary(DocMDP=signature)
        root.Extensions = Dictionary(
            ESIC=Dictionary(
                Type=Name.DeveloperExtensions, BaseVersion=Name("/1.7"), ExtensionLevel=2
            )
        )
        written = BytesIO()
        document.save(
            written,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=ObjectStreamMode.preserve,
        )
        return written.getvalue()


def _signature(key: SigningKey, at: datetime, room: int) -> Any:
    certificate = key.certificate
    if certificate is None:
        raise TypeError("A key for credentials signs no documents.")
    signers = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    moment = at.astimezone(UTC)
    signature = Dictionary(
        Type=Name.Sig,
        Filter=Name("/Adobe.PPKLite"),
        SubFilter=Name("/ETSI.CAdES.detached"),
        ByteRange=Array([0, 1000000000, 2000000000, 3000000000]),
        Contents=pikepdf.Object.parse(b"<" + b"00" * room + b">"),
        M=String(f"D:{moment:%Y%m%d%H%M%S}Z"),
        Reference=Array(
            [
                Dictionary(
                    Type=Name.SigRef,
                    TransformMethod=Name.DocMDP,
                    TransformParams=Dictionary(Type=Name.TransformParams, P=1, V=Name("/1.2")),
                )
            ]
        ),
    )
    if signers:
        signature.Name = String(str(signers[0].value))
    return signature


def _tag(document: pikepdf.Pdf, widget: Any, label: str) -> None:
    """Give the field a place at the end of the reading order: PDF/UA knows no untagged fields."""
    tree = document.Root.StructTreeRoot
    numbers = tree.ParentTree.Nums
    number = int(numbers[-2]) + 1
    tops = tree.K if isinstance(tree.K, Array) else Array([tree.K])
    parent = tops[0]
    element = document.make_indirect(
        Dictionary(
            Type=Name.StructElem,
            S=Name.Form,
            P=parent,
            Pg=document.pages[0].obj,
            Alt=String(label),
            K=Dictionary(Type=Name.OBJR, Obj=widget, Pg=document.pages[0].obj),
        )
    )
    kids = parent.K if isinstance(parent.K, Array) else Array([parent.K])
    parent.K = Array([*kids, element])
    widget.StructParent = number
    tree.ParentTree.Nums = Array([*numbers, number, element])
    tree.ParentTreeNextKey = number + 1
